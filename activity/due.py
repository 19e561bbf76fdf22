"""Which work may be due: a task's name, and the database function that names the
workspaces with due rows of it. Apps register theirs when they are ready."""

from __future__ import annotations

from collections.abc import Callable

from accounts.queries import all_workspace_ids
from helpdesk.tenancy import acting_in

kinds: dict[str, str] = {"accounts.mail_invitations": "hd_due_invitations"}
sweepers: list[Callable[[], object]] = []


def register(task: str, function: str) -> None:
    """Beat rings `task` for every workspace id that the SQL function returns."""
    kinds[task] = function


def sweeper(function: Callable[[], object]) -> Callable[[], object]:
    """Register what removes a workspace's rows whose time is over; runs hourly inside it."""
    sweepers.append(function)
    return function


def sweep() -> None:
    """Run every sweeper in every workspace, each in a unit of its own."""
    for workspace_id in all_workspace_ids():
        for function in sweepers:
            with acting_in(workspace_id):
                function()
