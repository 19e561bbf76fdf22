"""Doorbells: "there is work of this kind in this workspace". The rows are the work.

Rings are coalesced: while one is pending, further ones cost one command; and a drain that
listens (its turn has the seat `LISTENING`) hears them itself, without a task. A lost ring is
repeated by the beat task that looks for due rows.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError

from helpdesk import valkey

PENDING_SECONDS, ASKED_SECONDS = 10, 60
LISTENING = "listening"
RING = """
if redis.call('exists', KEYS[1]) == 1 then
    redis.call('set', KEYS[2], 1, 'ex', ARGV[2])
    return 0
end
return redis.call('set', KEYS[3], 1, 'nx', 'ex', ARGV[1]) and 1 or 0
"""


def ring(task: str, workspace_id: int) -> bool:
    """Ask a worker to drain; False if one was asked already, or nobody could be reached."""
    listener = turn_key(task, workspace_id, LISTENING)
    keys = listener, asked_key(listener), _pending(task, workspace_id)
    if not valkey.attempt(lambda c: c.eval(RING, 3, *keys, PENDING_SECONDS, ASKED_SECONDS)):
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


def turn_key(task: str, workspace_id: int, seat: str) -> str:
    """The key that stands in Valkey while somebody has this turn."""
    return f"helpdesk:turn:{task}:{workspace_id}:{seat}"


def asked_key(turn: str) -> str:
    """The key that stands while somebody has asked for a turn that another has."""
    return f"{turn}:asked"


def _pending(task: str, workspace_id: int) -> str:
    return f"helpdesk:ring:{task}:{workspace_id}"
