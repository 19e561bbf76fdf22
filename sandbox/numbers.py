"""The companies' phone numbers: a file that the product writes, read again when it changes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Number:
    """One WhatsApp number of a company, and where its webhooks go."""

    phone_number_id: str
    display_phone_number: str
    name: str
    workspace: str
    waba_id: str
    access_token: str
    app_secret: str
    webhook: str

    def shown(self) -> dict[str, str]:
        """What the page may know: no secrets."""
        return {
            "id": self.phone_number_id,
            "phone": self.display_phone_number,
            "name": self.name,
            "workspace": self.workspace,
        }


class Numbers:
    """Every number of the file, by id; an absent or half-written file changes nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] = (0, 0)
        self._known: dict[str, Number] = {}

    def all(self) -> list[Number]:
        self._refresh()
        return list(self._known.values())

    def find(self, key: str) -> Number | None:
        """By phone number id, or by the number itself."""
        self._refresh()
        if key in self._known:
            return self._known[key]
        digits = key.lstrip("+")
        return next((n for n in self._known.values() if n.display_phone_number == digits), None)

    def _refresh(self) -> None:
        try:
            stat = self._path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if stamp == self._stamp:
                return
            rows = json.loads(self._path.read_text())["numbers"]
            self._known = {row["phone_number_id"]: _number(row) for row in rows}
        except (OSError, ValueError, KeyError, TypeError):
            return
        self._stamp = stamp


def _number(row: dict[str, Any]) -> Number:
    return Number(**{name: str(row.get(name, "")) for name in Number.__dataclass_fields__})
