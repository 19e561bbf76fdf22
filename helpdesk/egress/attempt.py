"""One request under way: its deadline, and whether a byte of it has left."""

from __future__ import annotations

import time
from contextvars import ContextVar


class Attempt:
    """`seconds` is the time for everything: look-up, connecting, sending, the whole answer."""

    def __init__(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds
        self.has_written = False

    def left(self) -> float:
        """Seconds left, never below a millisecond: a socket takes 0 for "do not wait"."""
        return max(self.ends_at - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.ends_at


current_attempt: ContextVar[Attempt] = ContextVar("egress_attempt")
