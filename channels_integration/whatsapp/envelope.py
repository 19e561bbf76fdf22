"""The outside of a notification: what it is, to whom it goes, when it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp.payload import text
from inbox.channels import Unparsable

OBJECT = "whatsapp_business_account"
LONGEST_ID = 512
MILLISECONDS = 100_000_000_000
YEAR_2009, YEAR_2100 = 1_230_768_000, 4_102_444_800

NOT_WHATSAPP = _("This is not a notification of WhatsApp Business.")
OTHER_NUMBER = _("This is for another phone number.")
NO_ID = _("A message or status has no id.")
NO_TIME = _("A message or status has no time, or one that can't be.")


def account_of(change: Any) -> str:
    """The phone number id of a change, '' where it names none."""
    found = change
    for key in ("value", "metadata", "phone_number_id"):
        found = found.get(key) if isinstance(found, dict) else None
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return str(found) if str(found).isalnum() and len(str(found)) <= 40 else ""


def id_of(item: dict[str, Any], key: str = "id") -> str:
    """An id of the provider, which must be there."""
    found = text(item.get(key), LONGEST_ID)
    if not found:
        raise Unparsable(NO_ID)
    return found


def moment(value: Any) -> datetime:
    """A timestamp in seconds or, seen sometimes, in milliseconds."""
    digits = text(value, 20)
    if not (digits.isascii() and digits.isdigit()):
        raise Unparsable(NO_TIME)
    seconds = float(digits)
    if seconds > MILLISECONDS:
        seconds /= 1000
    if not YEAR_2009 <= seconds <= YEAR_2100:
        raise Unparsable(NO_TIME)
    return datetime.fromtimestamp(seconds, UTC)


def moment_or_none(value: Any) -> datetime | None:
    """The same where nothing depends on it."""
    try:
        return moment(value)
    except Unparsable:
        return None
