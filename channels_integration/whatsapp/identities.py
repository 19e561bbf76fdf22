"""System messages: a customer has another number, or another business-scoped id.

Other system messages say nothing to an agent, and must not look as if the customer had
written: they would open the reply window. That a customer's security code changed
(`customer_identity_changed`) is hidden by default in WhatsApp's own apps too, and we never
ask for the check that would then hold messages back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp.envelope import id_of, moment
from channels_integration.whatsapp.payload import obj, said
from channels_integration.whatsapp.phone import is_bsuid, is_phone, normal
from channels_integration.whatsapp.sender import KIND, LONGEST_ID
from inbox.channels import IdentityChange, IdentityKey, Unparsable

NO_ADDRESSES = _("A customer's number or id changed, but the old or the new one is missing.")
IN_WORDS = re.compile(r"\b[A-Z]{2}\.[A-Za-z0-9._-]{1,120}[A-Za-z0-9]")
NEW_NUMBER = frozenset({"user_changed_number", "customer_changed_number"})
NEW_ID = "user_changed_user_id"


def identity_changes(message: dict[str, Any], waba_id: str) -> list[IdentityChange]:
    """What a system message changes; empty where it is about something else."""
    system = obj(message.get("system"))
    kind = said(system.get("type"), 100)
    if kind in NEW_NUMBER:
        return _of_number(message, system, waba_id)
    return _of_id(message, system, waba_id) if kind == NEW_ID else []


def _of_number(
    message: dict[str, Any], system: dict[str, Any], waba_id: str
) -> list[IdentityChange]:
    """A new number often brings a new business-scoped id as well."""
    given = (message.get("from"), message.get("from_user_id"))
    old_phone, old_id = _phone(given), _bsuid(given)
    phone = _phone((system.get("new_wa_id"), system.get("wa_id")))
    new_id = _bsuid((system.get("user_id"),))
    old = _phone_key(old_phone) or _id_key(old_id, waba_id)
    new = _phone_key(phone)
    if old is None or new is None:
        raise Unparsable(NO_ADDRESSES)
    found = [_change(message, old, new, phone)]
    id_before, id_after = _id_key(old_id, waba_id), _id_key(new_id, waba_id)
    if id_before and id_after:
        found.append(_change(message, id_before, id_after, part=":id"))
    return [change for change in found if change.old != change.new]


def _of_id(message: dict[str, Any], system: dict[str, Any], waba_id: str) -> list[IdentityChange]:
    """The old id may stand in any of several places, at worst in the sentence only."""
    new = _bsuid((system.get("user_id"),))
    spoken = IN_WORDS.findall(said(system.get("body"), 1000))
    places = (message.get("from_user_id"), message.get("from"), system.get("previous_user_id"))
    before = _bsuid(value for value in (*places, *spoken) if value != new)
    phone = _phone((message.get("from"), system.get("wa_id")))
    old = _id_key(before, waba_id) or _phone_key(phone)
    after = _id_key(new, waba_id)
    if old is None or after is None:
        raise Unparsable(NO_ADDRESSES)
    return [_change(message, old, after)]


def _change(
    message: dict[str, Any], old: IdentityKey, new: IdentityKey, phone: str = "", part: str = ""
) -> IdentityChange:
    """`phone` only where it is the number that is new: people are told of that."""
    at, phone = moment(message.get("timestamp")), f"+{phone}" if phone else ""
    return IdentityChange(id_of(message)[:500] + part, old, new, at, phone)


def _phone(values: Iterable[Any]) -> str:
    texts = (said(value, LONGEST_ID) for value in values)
    return next((normal(value) for value in texts if is_phone(value)), "")


def _bsuid(values: Iterable[Any]) -> str:
    return next((v for v in (said(value, LONGEST_ID) for value in values) if is_bsuid(v)), "")


def _phone_key(phone: str) -> IdentityKey | None:
    return IdentityKey(KIND, phone) if phone else None


def _id_key(bsuid: str, waba_id: str) -> IdentityKey | None:
    return IdentityKey(KIND, bsuid, scope=waba_id) if bsuid else None
