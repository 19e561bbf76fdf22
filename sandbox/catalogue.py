"""The message templates of every business account: all begin with the same preset."""

from __future__ import annotations

import copy
import json
import zlib
from pathlib import Path
from typing import Any

PRESET: list[dict[str, Any]] = json.loads((Path(__file__).parent / "templates.json").read_text())
FIRST_ID = 1_689_550_000_000_000
STATES = {"APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"}
CATEGORIES = {"UTILITY", "MARKETING", "AUTHENTICATION"}
QUALITIES = {"GREEN", "YELLOW", "RED", "UNKNOWN"}


class Catalogue:
    """Templates as the Graph API shows them, by account."""

    def __init__(self) -> None:
        self._accounts: dict[str, list[dict[str, Any]]] = {}

    def of(self, waba_id: str) -> list[dict[str, Any]]:
        if waba_id not in self._accounts:
            self._accounts[waba_id] = [_template(waba_id, row) for row in PRESET]
        return self._accounts[waba_id]

    def find(self, waba_id: str, name: str, language: str) -> dict[str, Any] | None:
        return next(
            (
                row
                for row in self.of(waba_id)
                if row["name"] == name and row["language"] == language
            ),
            None,
        )

    def change(self, template: dict[str, Any], wanted: dict[str, Any]) -> None:
        """Set status (with a reason), category or quality; ValueError for what there is not."""
        for name, known in (("status", STATES), ("category", CATEGORIES), ("quality", QUALITIES)):
            if name in wanted and wanted[name] not in known:
                raise ValueError(f"{name} is one of {', '.join(sorted(known))}")
        if "status" in wanted:
            template["status"] = wanted["status"]
            template["rejected_reason"] = str(wanted.get("reason") or "NONE")
        if "category" in wanted:
            template["category"] = wanted["category"]
        if "quality" in wanted:
            template["quality_score"] = {"score": wanted["quality"]}


def _template(waba_id: str, row: dict[str, Any]) -> dict[str, Any]:
    made = copy.deepcopy(row)
    key = f"{waba_id}/{row['name']}/{row['language']}".encode()
    made["id"] = str(FIRST_ID + zlib.crc32(key))
    made["quality_score"] = {"score": made.pop("quality", "UNKNOWN")}
    made.setdefault("rejected_reason", "NONE")
    return made


def component(template: dict[str, Any], kind: str) -> dict[str, Any]:
    """Its HEADER, BODY, FOOTER or BUTTONS; empty where it has none."""
    return next((part for part in template["components"] if part["type"] == kind), {})
