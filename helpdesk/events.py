"""Events: what happened, announced by the action that did it.

`emit` runs the `on` subscribers at once, inside the transaction; at the end of the unit the
registered writer (the ledger) numbers and stores what was emitted; after the commit the
`after_commit` subscribers ring the doorbells.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import wraps
from typing import Any, ClassVar, ParamSpec, TypeVar, dataclass_transform

from django.db import transaction

from helpdesk.tenancy import context
from helpdesk.tenancy.context import Unit, current_unit

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Event:
    """Base of all events: frozen, past tense, ids and small facts that name no person."""

    name: ClassVar[str]


@dataclass(frozen=True)
class Emitted:
    """An event with its envelope: a uuid to refer to, who did it, and who may see it.

    `audience` are tags that see it with content; `lost` are tags that saw the subject
    before and no longer do: they learn that it is gone, and nothing more.
    """

    event: Event
    by: Any
    audience: frozenset[str]
    lost: frozenset[str]
    uuid: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def facts(self) -> dict[str, Any]:
        """The event's fields, JSON-safe by contract."""
        return asdict(self.event)


Subscriber = Callable[[Any], None]
Bell = Callable[[int, list[Emitted]], None]

registry: dict[str, type[Event]] = {}
_inside: dict[type[Event], list[Subscriber]] = defaultdict(list)
_bells: dict[type[Event], list[Bell]] = defaultdict(list)


@dataclass_transform(frozen_default=True)
def event(name: str) -> Callable[[type[T]], type[T]]:
    """Class decorator: a frozen dataclass registered under its public name."""

    def register(cls: type[T]) -> type[T]:
        frozen = dataclass(frozen=True)(cls)
        frozen.name = name  # type: ignore[attr-defined]
        registry[name] = frozen  # type: ignore[assignment]
        return frozen

    return register


def on(*kinds: type[Event]) -> Callable[[Subscriber], Subscriber]:
    """Run inside the transaction, at `emit`: own rows only, or a lower app's action."""

    def register(subscriber: Subscriber) -> Subscriber:
        for kind in kinds:
            _inside[kind].append(subscriber)
        return subscriber

    return register


def after_commit(*kinds: type[Event]) -> Callable[[Bell], Bell]:
    """Run once per unit after its commit, with the workspace's id and the unit's events of
    these kinds: to ring a doorbell. It may be lost; a beat task rings again."""

    def register(bell: Bell) -> Bell:
        for kind in kinds:
            _bells[kind].append(bell)
        return bell

    return register


def emit(
    event: Event, *, audience: Iterable[str], lost: Iterable[str] = (), by: Any = None
) -> Emitted:
    """Announce what happened. `by` defaults to the unit's actor."""
    unit = current_unit()
    tags = frozenset(audience)
    emitted = Emitted(event, by if by is not None else unit.by, tags, frozenset(lost) - tags)
    unit.events.append(emitted)
    for subscriber in _inside[type(event)]:
        subscriber(event)
    return emitted


def whisper(kind: str, *, tags: Iterable[str], **facts: Any) -> None:
    """Tell whoever listens now and holds one of the tags, after the commit: what is true for
    a moment only (who is looking, who types). It is in no ledger and may be lost."""
    frame = {"type": "whisper", "kind": kind, **facts}
    current_unit().whispers.append((frozenset(tags), frame))


def action(function: Callable[P, T]) -> Callable[P, T]:
    """A state change: all of it or nothing.

    An exception that leaves an action condemns the whole unit, unless it is caught by an
    `attempt()`: a half-done action can never be committed by a caller that swallows it.
    (A savepoint in every action would cost two round trips each.)
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        current_unit()
        with transaction.atomic(savepoint=False):
            return function(*args, **kwargs)

    return run


@contextmanager
def attempt() -> Iterator[None]:
    """A part of a unit that may fail alone: its rows and its events go together."""
    unit = current_unit()
    before, whispered = len(unit.events), len(unit.whispers)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del unit.events[before:]
        del unit.whispers[whispered:]
        raise


Writer = Callable[[Unit], None]


def write_with(writer: Writer, announce: Writer) -> None:
    """Register what stores the unit's events as its last statement (the ledger), and what
    tells the live processes of them after the commit."""
    context.before_commit[:] = [writer]
    context.after_commit[:] = [announce, _ring]


def _ring(unit: Unit) -> None:
    rung: dict[Bell, list[Emitted]] = defaultdict(list)
    for emitted in unit.events:
        for bell in _bells[type(emitted.event)]:
            rung[bell].append(emitted)
    for bell, events in rung.items():
        bell(unit.workspace_id, events)


context.after_commit[:] = [_ring]
