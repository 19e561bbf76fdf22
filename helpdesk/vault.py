"""Encrypts small dictionaries for storage: channel secrets and the like.

`settings.FIELD_KEYS` are Fernet keys; the first one seals, all of them open, so a key is
rotated by putting a new one first and sealing again what `needs_resealing`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotUnseal(Exception):
    """No key of this installation opens it: a key is missing, or the text was changed."""


def seal(secrets: dict[str, Any]) -> str:
    """The dictionary, encrypted and authenticated, as text."""
    return _keys(tuple(settings.FIELD_KEYS)).encrypt(json.dumps(secrets).encode()).decode()


def unseal(sealed: str) -> dict[str, Any]:
    """The dictionary that was sealed; '' opens to an empty one."""
    if not sealed:
        return {}
    try:
        opened = _keys(tuple(settings.FIELD_KEYS)).decrypt(sealed.encode())
    except InvalidToken as error:
        raise CannotUnseal("None of FIELD_KEYS opens this value") from error
    secrets: dict[str, Any] = json.loads(opened)
    return secrets


def needs_resealing(sealed: str) -> bool:
    """Whether an older key than the first sealed it."""
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(sealed.encode())
    except InvalidToken:
        return True
    return False


@lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
