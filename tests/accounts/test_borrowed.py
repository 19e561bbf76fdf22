"""Texts of Django that we say in our own words."""

from __future__ import annotations

from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils import translation

from accounts.borrowed import BORROWED


def test_the_rules_of_passwords_are_in_our_words() -> None:
    with translation.override("en"):
        assert set(BORROWED) <= set(password_validators_help_texts())
    with translation.override("id"):
        said = password_validators_help_texts()
    assert "Jangan hanya angka." in said
    assert not [text for text in said if "anda" in text]
