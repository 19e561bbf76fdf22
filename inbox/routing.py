"""Where an arriving conversation goes: a pure function, so that it can be explained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Arrival:
    """What is known when a conversation begins."""

    department_id: int | None


@dataclass(frozen=True)
class Decision:
    """Queue of which department; `why` names the rule."""

    department_id: int | None
    why: str


def route(arrival: Arrival) -> Decision:
    """Open assignment: it waits in the queue of its channel's department until an agent
    accepts it. The automatic modes join here, with agents in the snapshot."""
    return Decision(arrival.department_id, why="open_assignment")
