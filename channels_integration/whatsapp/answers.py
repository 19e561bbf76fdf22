"""Judges the provider's answers: an id, or what went wrong and what follows from it."""

from __future__ import annotations

import json
from typing import Any

from channels_integration.whatsapp import errors
from channels_integration.whatsapp.errors import MEANINGS, Meaning
from helpdesk.egress import Answer
from inbox.channels import DeliveryFailed

LONGEST_WAIT = 6 * 3600  # that we believe a header
LONGEST_GROWTH = 3600  # that we wait of our own accord
TOO_MANY = Meaning("wait", errors.TOO_FAST, 60, whole_channel=True)
UNKNOWN_OBJECT = 33


def message_id(answer: Answer, attempt: int = 1) -> str:
    """The id of the accepted message; `DeliveryFailed` for every other answer.

    A template that is held for a quality check is accepted too: its statuses tell the rest.
    """
    if not 200 <= answer.status < 300:
        raise failure(answer, attempt)
    messages = _field(answer.json(), "messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    found = _field(first, "id")
    if not isinstance(found, str) or not 0 < len(found) <= 512 or not found.isprintable():
        raise DeliveryFailed("unknown", errors.UNCERTAIN, code="answer")
    return found


def failure(answer: Answer, attempt: int = 1) -> DeliveryFailed:
    """What an answer that is not a success means, at the given attempt (from 1)."""
    error = _field(answer.json(), "error")
    code = _field(error, "code")
    if not isinstance(code, int) or isinstance(code, bool):
        return _without_words(answer)
    meaning = _meaning(answer.status, code, error)
    if meaning.kind != "wait":
        return DeliveryFailed(
            meaning.kind,
            meaning.message,
            code=str(code),
            closes_window=meaning.message == errors.WINDOW,
        )
    told, own = told_wait(answer), meaning.wait_seconds * meaning.growth ** min(attempt - 1, 10)
    return DeliveryFailed(
        "wait",
        meaning.message,
        code=str(code),
        wait_seconds=min(max(told, min(own, LONGEST_GROWTH), 1), LONGEST_WAIT),
        whole_channel=meaning.whole_channel,
    )


def is_unknown_object(answer: Answer) -> bool:
    """Whether the provider says that it has no such number, account or file."""
    error = _field(answer.json(), "error")
    return bool(_field(error, "code") == 100 and _field(error, "error_subcode") == UNKNOWN_OBJECT)


def _meaning(status: int, code: int, error: Any) -> Meaning:
    if code == 100 and _field(error, "error_subcode") == UNKNOWN_OBJECT:
        return Meaning("channel", errors.WRONG_NUMBER)
    if code in MEANINGS:
        return MEANINGS[code]
    if _field(error, "is_transient") is True:
        return Meaning("retry", errors.TRY_AGAIN)
    if status >= 500:
        return Meaning("unknown", errors.UNCERTAIN)
    if status == 429:
        return TOO_MANY
    return errors.UNKNOWN_CODE


def _without_words(answer: Answer) -> DeliveryFailed:
    """An answer that is not Graph's: a proxy's page, or not WhatsApp at all."""
    status = answer.status
    code = f"http-{status}"
    if status == 429:
        wait = min(max(told_wait(answer), TOO_MANY.wait_seconds), LONGEST_WAIT)
        return DeliveryFailed(
            "wait", errors.TOO_FAST, code=code, wait_seconds=wait, whole_channel=True
        )
    if status == 413:
        return DeliveryFailed("message", errors.MEDIA, code=code)
    if status in {401, 403}:
        return DeliveryFailed("channel", errors.RECONNECT, code=code)
    if status >= 500 or status == 408:
        return DeliveryFailed("unknown", errors.UNCERTAIN, code=code)
    return DeliveryFailed("channel", errors.NOT_WHATSAPP, code=code)


def told_wait(answer: Answer) -> int:
    """Seconds that the answer's headers ask for; 0 where they don't."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    after = headers.get("retry-after", "")
    if after.isascii() and after.isdigit() and len(after) < 7:
        return int(after)
    return 60 * _minutes_to_regain(headers.get("x-business-use-case-usage", ""))


def _minutes_to_regain(header: str) -> int:
    try:
        usage = json.loads(header)
    except (ValueError, RecursionError):
        return 0
    groups = usage.values() if isinstance(usage, dict) else []
    minutes = [
        _field(row, "estimated_time_to_regain_access")
        for rows in groups
        if isinstance(rows, list)
        for row in rows
    ]
    return max((m for m in minutes if isinstance(m, int) and 0 < m < 10_000), default=0)


def _field(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
