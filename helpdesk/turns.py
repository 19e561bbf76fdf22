"""Turns: at most one drain of a kind at a time in each workspace, so that one that has much
to do never holds more than one worker, and the others stay free for everybody else.

It is only about fairness. Rows are claimed under locks of their own, so two drains at once
(a turn that ran out, Valkey away) do no harm.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from helpdesk import valkey
from helpdesk.doorbells import ASKED_SECONDS, asked_key, ring, turn_key

SECONDS = 8  # a turn that is not renewed ends by itself, so a killed worker blocks nobody for long
RENEW_SECONDS = 1

RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('expire', KEYS[1], ARGV[2]) end"
END = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end"


class Turn:
    """A turn that is held. Renew it between steps, each of which takes less than `SECONDS`
    without `RENEW_SECONDS`. Of each `seat` there is one turn; without a name it is the first."""

    def __init__(self, task: str, workspace_id: int, seat: str = "") -> None:
        self._task, self._workspace_id = task, workspace_id
        self._key = turn_key(task, workspace_id, seat)
        self._asked = asked_key(self._key)
        self._token = uuid.uuid4().hex
        self._is_held = False
        self._renew_at = 0.0

    def begin(self) -> bool:
        """Whether it is ours now. If not, whoever has it will ring again at its end."""
        if self._take():
            return True
        valkey.attempt(lambda c: c.set(self._asked, 1, ex=ASKED_SECONDS))
        return self._take()  # it may have ended before it could see that we asked

    def renew(self) -> None:
        """Keep it for `SECONDS` from now; done once a second, however often it is called."""
        if time.monotonic() >= self._renew_at:
            self._renew_at = time.monotonic() + RENEW_SECONDS
            valkey.attempt(lambda c: c.eval(RENEW, 1, self._key, self._token, SECONDS))

    def is_asked(self) -> bool:
        """Whether somebody has asked for it since it began, or since this was last looked at."""
        return bool(valkey.attempt(lambda c: c.getdel(self._asked)))

    def end(self) -> None:
        """Give it up; ring if others asked for it meanwhile. A second time does nothing."""
        if not self._is_held:
            return
        self._is_held = False
        valkey.attempt(lambda c: c.eval(END, 1, self._key, self._token))
        if self.is_asked():
            ring(self._task, self._workspace_id)

    def _take(self) -> bool:
        taken = valkey.attempt(lambda c: bool(c.set(self._key, self._token, nx=True, ex=SECONDS)))
        self._is_held = taken is not False  # without Valkey everybody has his turn
        self._renew_at = time.monotonic() + RENEW_SECONDS
        return self._is_held


@contextmanager
def turn(task: str, workspace_id: int, seat: str = "") -> Iterator[Turn | None]:
    """The workspace's turn for a task, or None if another worker has it."""
    mine = Turn(task, workspace_id, seat)
    if not mine.begin():
        yield None
        return
    try:
        yield mine
    finally:
        mine.end()
