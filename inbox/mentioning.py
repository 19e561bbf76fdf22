"""Names that are called in a note: `@Budi Santoso`, `@Support`. Pure words, no rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Named:
    """Who can be called: a ``member``, or a ``department`` with those `members` of it whom
    the call reaches."""

    kind: str
    id: int
    name: str
    members: frozenset[int]

    @property
    def facts(self) -> dict[str, Any]:
        """For the `mentions` in the data of a note."""
        facts = {"kind": self.kind, "id": self.id, "name": self.name}
        return {**facts, "members": sorted(self.members)}


def called(text: str, known: Iterable[Named]) -> list[Named]:
    """Those of the known who are called, each once; the longest name wins, and all of the
    same name are meant."""
    by_name: dict[str, list[Named]] = defaultdict(list)
    for named in known:
        by_name[named.name].append(named)
    found = [
        one
        for names, _start, _end in calls(text, by_name)
        for name in names
        for one in by_name[name]
    ]
    return list(dict.fromkeys(found))


def calls(text: str, names: Iterable[str]) -> Iterator[tuple[list[str], int, int]]:
    """Each call of one of the names: those it means, which differ in capitals alone, and where
    the call with its @ begins and ends. An @ within a word calls nobody."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted({name for name in names if name.strip()}):
        alike[name.lower()].append(name)
    if not alike or "@" not in text:
        return
    wanted = sorted(alike.values(), key=lambda same: len(same[0]), reverse=True)
    # A group tells which one it is: what IGNORECASE takes for the same may fold to something else.
    one = "|".join(f"({re.escape(same[0])})" for same in wanted)
    for match in re.finditer(rf"(?<![\w@.])@(?:{one})(?!\w)", text, re.IGNORECASE):
        yield wanted[(match.lastindex or 1) - 1], match.start(), match.end()
