"""Secrets go in and come out; keys rotate; tampering is noticed."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.fernet import Fernet

from helpdesk import vault

SECRETS = {"access_token": "EAAG-hidden", "verify_token": "é ✓"}


def test_what_is_sealed_can_be_unsealed_and_does_not_show() -> None:
    sealed = vault.seal(SECRETS)
    assert "hidden" not in sealed
    assert vault.unseal(sealed) == SECRETS
    assert vault.unseal("") == {}


def test_a_new_first_key_still_opens_what_an_older_one_sealed(settings: Any) -> None:
    old = vault.seal(SECRETS)
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert vault.unseal(old) == SECRETS
    assert vault.needs_resealing(old)
    assert not vault.needs_resealing(vault.seal(SECRETS))


@pytest.mark.parametrize("broken", ["garbage", "gAAAAA", "ünicode"])
def test_a_changed_value_does_not_open(broken: str) -> None:
    with pytest.raises(vault.CannotUnseal):
        vault.unseal(broken)


def test_a_missing_key_is_told(settings: Any) -> None:
    sealed = vault.seal(SECRETS)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(vault.CannotUnseal):
        vault.unseal(sealed)
