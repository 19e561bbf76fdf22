"""A part of a file, as players ask for it (RFC 9110, section 14): one range, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

WANTED = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
CHUNK = 1 << 16


@dataclass(frozen=True)
class Slice:
    """Bytes `first` to `last` (both included) of `size`."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        """How many bytes it has."""
        return self.last - self.first + 1

    @property
    def header(self) -> str:
        """Its Content-Range."""
        return f"bytes {self.first}-{self.last}/{self.size}"

    def read(self, content: IO[bytes]) -> Iterator[bytes]:
        """Its bytes, in chunks; the file is closed at the end."""
        with content:
            content.seek(self.first)
            left = self.length
            while left > 0 and (chunk := content.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk


def slice_of(header: str, size: int) -> Slice | None:
    """What a Range header asks of a file; None for the whole, which is also the answer to
    what we don't understand, as the RFC allows."""
    found = WANTED.fullmatch(header.strip())
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        first, last = max(size - int(found[2]), 0), size - 1
    else:
        first = int(found[1])
        last = min(int(found[2]) if found[2] else size - 1, size - 1)
    return Slice(first, last, size) if first <= last else None
