"""What happens to accounts."""

from __future__ import annotations

from helpdesk.events import Event, event


@event("workspace.founded")
class WorkspaceFounded(Event):
    """A workspace and its owner came to be."""

    workspace_id: int


@event("member.joined")
class MemberJoined(Event):
    """A user became a member."""

    member_id: int
    role: str


@event("member.changed")
class MemberChanged(Event):
    """Role, departments, reach or activity of a member changed: his sockets close."""

    member_id: int
    is_active: bool
    changed: list[str]


@event("member.invited")
class MemberInvited(Event):
    """An invitation was made or renewed; a mail is due."""

    invitation_id: int
    role: str


@event("invitation.revoked")
class InvitationRevoked(Event):
    """An invitation no longer works."""

    invitation_id: int


@event("department.changed")
class DepartmentChanged(Event):
    """A department was made, renamed, or put away."""

    department_id: int
    changed: list[str]


@event("token.created")
class TokenCreated(Event):
    """A member made an API token."""

    token_id: int


@event("token.revoked")
class TokenRevoked(Event):
    """An API token no longer works."""

    token_id: int
