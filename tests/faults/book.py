"""The ledger outside: an append-only file with what was asked, answered, shown and killed."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]


class Book:
    """Each line is on the disk's side before the generator goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._file = path.open("a", buffering=1)

    def note(self, what: str, **facts: Any) -> None:
        """Add a line."""
        line = json.dumps({"at": time.time(), "what": what, **facts})
        with self._lock:
            self._file.write(line + "\n")

    def lines(self, *kinds: str) -> Iterator[Line]:
        """What was noted of these kinds, in order."""
        for text in self.path.read_text().splitlines():
            line: Line = json.loads(text)
            if line["what"] in kinds:
                yield line

    def close(self) -> None:
        """No more lines."""
        self._file.close()
