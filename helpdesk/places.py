"""Places of a process: how many of its threads the work of one workspace may hold at once."""

from __future__ import annotations

from collections import Counter
from threading import Lock


class Places:
    """At most `most` at a time for each workspace, in this process. Nobody ever waits."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[int] = Counter()
        self._lock = Lock()

    def take(self, workspace_id: int) -> bool:
        """Whether there was a place; whoever got one gives it back."""
        with self._lock:
            if self._taken[workspace_id] >= self._most:
                return False
            self._taken[workspace_id] += 1
            return True

    def give_back(self, workspace_id: int) -> None:
        """The place is free again."""
        with self._lock:
            self._taken[workspace_id] -= 1
            if not self._taken[workspace_id]:
                del self._taken[workspace_id]
