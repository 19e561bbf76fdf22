"""Doorbells: "there is work of this kind in this workspace". The rows are the work.

Rings are coalesced: while one is pending, further ones cost one command. A lost ring is
repeated by the beat task that looks for due rows.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError

from helpdesk import valkey

PENDING_SECONDS = 10


def ring(task: str, workspace_id: int) -> bool:
    """Ask a worker to drain; False if one was asked already, or nobody could be reached."""
    pending = _pending(task, workspace_id)
    if not valkey.attempt(lambda c: c.set(pending, 1, nx=True, ex=PENDING_SECONDS)):
        return False
    try:
        current_app.send_task(task, args=[workspace_id], retry=False)
    except (OperationalError, OSError):
        answered(task, workspace_id)  # nobody will come for this ring: let the next one through
        return False
    return True


def tell(task: str, *facts: Any) -> None:
    """Ask a worker for something that is not worth a row: it may be lost. Nobody waits for a
    queue that does not answer, for `valkey` remembers that."""
    if not valkey.attempt(lambda c: c.ping()):
        return
    with suppress(OperationalError, OSError):
        current_app.send_task(task, args=facts, retry=False)


def tell_once(seconds: int, task: str, *facts: Any) -> None:
    """The same, but at most once in so many seconds for the same facts."""
    key = ":".join(["helpdesk:told", task, *map(str, facts)])
    if valkey.attempt(lambda c: c.set(key, 1, nx=True, ex=seconds)):
        tell(task, *facts)


def answered(task: str, workspace_id: int) -> None:
    """The drain begins: what comes from now on rings again."""
    valkey.attempt(lambda c: c.delete(_pending(task, workspace_id)))


def _pending(task: str, workspace_id: int) -> str:
    return f"helpdesk:ring:{task}:{workspace_id}"
