"""The unit of work: `acting_in` and what it remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, transaction
from django.urls import get_script_prefix, set_script_prefix

if TYPE_CHECKING:
    from helpdesk.events import Emitted

View = TypeVar("View", bound=Callable[..., Any])


class NoCurrentWorkspace(RuntimeError):
    """A tenant table was touched outside `acting_in`."""


class NestedWorkspace(RuntimeError):
    """`acting_in` was entered for one workspace inside another."""


@dataclass
class Unit:
    """One unit of work: its workspace, who acts (a Member, or None for the system), the
    events that it emitted, the number of the last one once they are written, and what is
    whispered after the commit (tags, frame): best effort, and kept nowhere."""

    workspace_id: int
    by: Any = None
    events: list[Emitted] = field(default_factory=list)
    last_seq: int = 0
    whispers: list[tuple[frozenset[str], dict[str, Any]]] = field(default_factory=list)


_unit: ContextVar[Unit | None] = ContextVar("helpdesk_unit", default=None)

# Filled by `helpdesk.events`: (last statements before commit, first steps after it).
before_commit: list[Callable[[Unit], None]] = []
after_commit: list[Callable[[Unit], None]] = []


def inside_unit() -> bool:
    """Whether a unit of work is open here: then no network call may be made."""
    return _unit.get() is not None


def current_unit() -> Unit:
    """The open unit; `NoCurrentWorkspace` if there is none."""
    unit = _unit.get()
    if unit is None:
        raise NoCurrentWorkspace("This needs a workspace: wrap it in acting_in(...).")
    return unit


def current_workspace_id() -> int:
    """The workspace of the open unit, provided that this very connection was stamped with it."""
    unit = current_unit()
    if getattr(connection, "stamped_workspace", None) != unit.workspace_id:
        raise NoCurrentWorkspace("This connection was not opened by acting_in(...).")
    return unit.workspace_id


@contextmanager
def acting_in(workspace_id: int, by: Any = None, prefix: str = "") -> Iterator[Unit]:
    """Act for one workspace: a transaction, both locks open, events written at the end.

    Nested in the same workspace it is a no-op; in another it raises `NestedWorkspace`.
    `prefix` is the URL prefix of the workspace, for code that renders links outside a
    request. On an exception everything is rolled back, events too.
    """
    outer = _unit.get()
    if outer is not None:
        if outer.workspace_id != workspace_id:
            raise NestedWorkspace(f"Inside workspace {outer.workspace_id}, not {workspace_id}.")
        yield outer
        return
    unit = Unit(workspace_id, by)
    token = _unit.set(unit)
    old_prefix = get_script_prefix()
    set_script_prefix(prefix or old_prefix)
    try:
        with transaction.atomic():
            _run(unit)
            yield unit
            for step in before_commit:
                step(unit)
            _leave()
    finally:
        connection.stamped_workspace = None  # type: ignore[attr-defined]
        _unit.reset(token)
        set_script_prefix(old_prefix)
    for step in after_commit:
        step(unit)


def _run(unit: Unit) -> None:
    """Stamp the transaction: `true` makes the setting end with it, a session-level SET leaks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.workspace_id', %s, true)", [str(unit.workspace_id)])
    connection.stamped_workspace = unit.workspace_id  # type: ignore[attr-defined]


def _leave() -> None:
    """Inside a larger transaction (tests) the setting would outlive the unit: take it back."""
    if connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.workspace_id', '', true)")


def outside_unit(view: View) -> View:
    """Mark a view that opens its own units, because it talks to a provider or streams."""
    view.outside_unit = True  # type: ignore[attr-defined]
    return view
