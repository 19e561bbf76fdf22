"""Looks names up with a deadline, which the system's resolver does not have."""

from __future__ import annotations

import os
import socket
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

from helpdesk.egress.errors import NeverSent

_pool: ThreadPoolExecutor | None = None


def addresses_of(host: str, port: int, seconds: float) -> list[str]:
    """Every literal address of a name, in the resolver's order; `NeverSent` if none."""
    looking: Future[list[str]] = _threads().submit(_look_up, host, port)
    try:
        found = looking.result(timeout=seconds)
    except TooSlow as error:
        looking.cancel()
        raise NeverSent(f"Looking up {host} took too long") from error
    except (OSError, UnicodeError) as error:
        raise NeverSent(f"{host} was not found") from error
    if not found:
        raise NeverSent(f"{host} has no address")
    return found


def _look_up(host: str, port: int) -> list[str]:
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def _threads() -> ThreadPoolExecutor:
    global _pool
    if _pool is None:
        _pool = ThreadPoolExecutor(max_workers=8, thread_name_prefix="look-up")
    return _pool


def _forget() -> None:
    global _pool
    _pool = None


os.register_at_fork(after_in_child=_forget)
