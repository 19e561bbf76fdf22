"""Refusing a message before the provider does."""

from __future__ import annotations

from typing import Any

from inbox.channels import DeliveryFailed


def refused(sentence: str) -> DeliveryFailed:
    """The message can't go, and no other attempt will change that."""
    return DeliveryFailed("message", sentence, code="refused")


def within(value: Any, longest: int, too_long: str, *, empty: str = "") -> str:
    """A text of at most so many characters; `empty` is the sentence where it must not be."""
    found = value if isinstance(value, str) else ""
    if empty and not found.strip():
        raise refused(empty)
    if len(found) > longest:
        raise refused(too_long)
    return found
