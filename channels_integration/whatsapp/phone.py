"""Phone numbers as identities: one person, one number, however the provider spells it."""

from __future__ import annotations

import re

BSUID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9._-]{1,120}")
PHONE = re.compile(r"\+?[0-9]{5,20}")

# Where a mobile number has two spellings: (long form, how it is shortened). The long form
# with the mobile digit is what people dial in Brazil and Argentina, the short in Mexico.
BRAZIL_SHORT = re.compile(r"55([1-9][0-9])([6-9][0-9]{7})")
ARGENTINA_SHORT = re.compile(r"54([1-8][0-9]{9})")
MEXICO_LONG = re.compile(r"521([0-9]{10})")


def is_bsuid(value: str) -> bool:
    """Whether it is a business-scoped user id, e.g. US.13491208655302741918."""
    return BSUID.fullmatch(value) is not None


def is_phone(value: str) -> bool:
    """Whether it is digits that may be a phone number."""
    return PHONE.fullmatch(value) is not None


def normal(value: str) -> str:
    """Digits of a phone number, in one form for numbers that have two."""
    digits = value.removeprefix("+")
    if found := BRAZIL_SHORT.fullmatch(digits):
        return f"55{found[1]}9{found[2]}"
    if found := ARGENTINA_SHORT.fullmatch(digits):
        return f"549{found[1]}"
    if found := MEXICO_LONG.fullmatch(digits):
        return f"52{found[1]}"
    return digits
