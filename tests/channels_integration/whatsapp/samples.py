"""The sample payloads, and a channel as the adapter sees one."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

FOLDER = Path(__file__).parents[2] / "samples" / "whatsapp"
NAMES = sorted(p.name for p in FOLDER.glob("[0-9]*.json"))
SIGNATURES: dict[str, Any] = json.loads((FOLDER / "signatures.json").read_text())
OTHER_NUMBERS = {"31_batch_two_numbers.json"}


def body_of(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def answer_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "responses" / f"{name}.json").read_text())
    return found


def a_channel(**config: Any) -> Any:
    """The three attributes of `inbox.models.Channel` that an adapter reads."""
    return SimpleNamespace(
        account_id="880000000000001",
        config=config,
        secrets={
            "app_secret": SIGNATURES["app_secret"],
            "verify_token": "test_verify",
            "access_token": "EAAG-token",
        },
    )
