"""What a member sees, as plain data: the base of every `visible_to` and of the live tags.

Tags say what a row or event is about; a member holds the tags of what he sees:
``w`` everything · ``d:3:queue`` the queue of department 3 · ``d:3:all`` everything of it ·
``q`` the queue of no department · ``m:7`` what is assigned to member 7 · ``p:7`` member 7 himself ·
``all`` what concerns every member.
"""

from __future__ import annotations

from dataclasses import dataclass

EVERYBODY = "all"


@dataclass(frozen=True)
class Access:
    """A member's reach. `departments` he works in, `led` he leads, `supervised` are the
    members under him (never himself)."""

    member_id: int
    sees_all: bool
    handles_chats: bool
    departments: frozenset[int] = frozenset()
    led: frozenset[int] = frozenset()
    supervised: frozenset[int] = frozenset()

    @property
    def tags(self) -> frozenset[str]:
        """The tags he holds."""
        own = {f"p:{self.member_id}", EVERYBODY}
        if self.sees_all:
            return frozenset(own | {"w"})
        if self.handles_chats:
            own |= {"q"} | {f"m:{member}" for member in self.assignees}
            own |= {f"d:{department}:queue" for department in self.queues}
            own |= {f"d:{department}:all" for department in self.led}
        return frozenset(own)

    @property
    def assignees(self) -> frozenset[int]:
        """Whose conversations he sees: his own and those of the members under him."""
        return self.supervised | {self.member_id}

    @property
    def queues(self) -> frozenset[int]:
        """The departments whose queue he sees."""
        return self.departments | self.led
