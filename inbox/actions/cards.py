"""Contact cards that customers share, saved to the contacts (F26)."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import Member
from contacts.actions import save_contact
from contacts.models import Contact
from helpdesk.errors import Refused
from helpdesk.events import action
from inbox.actions.changes import tell_changed
from inbox.models import Message


@action
def save_shared_contact(
    message: Message, index: int, *, by: Member, update: bool = False
) -> tuple[Contact, bool]:
    """Save one card of a message; the contact, and whether it is new: a card is saved once.
    The sender of the card is somebody else and stays so. `Refused("no_card")` if there is
    no such card."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("conversation")
    row = rows.get(pk=message.pk)
    by.require("inbox.note", row.conversation)
    is_there = row.kind == "contacts" and row.deleted_at is None
    cards = row.data.get("contacts") if is_there else None
    if not isinstance(cards, list) or not 0 <= index < len(cards):
        raise Refused("no_card", _("There is no such contact card."))
    card = cards[index]
    contact, is_new = save_contact(
        by=by,
        name=str(card.get("name", "")),
        phone=_phone(card),
        email=_email(card),
        organization=str(card.get("organization", "")),
        update=update,
        saved_id=card.get("saved"),
    )
    cards = [*cards[:index], {**card, "saved": contact.pk}, *cards[index + 1 :]]
    row.data = {**row.data, "contacts": cards}
    row.save(update_fields=["data"])
    tell_changed(row, by)
    return contact, is_new


def _phone(card: dict[str, Any]) -> str:
    """The first number of the card as E.164; '' if none is a number."""
    for phone in card.get("phones") or []:
        digits = str(phone.get("whatsapp") or "")
        text = f"+{digits}" if digits.isdigit() else str(phone.get("number", ""))
        try:
            number = phonenumbers.parse(text, "ID")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""


def _email(card: dict[str, Any]) -> str:
    for email in card.get("emails") or []:
        address = str(email.get("address", ""))
        try:
            validate_email(address)
        except ValidationError:
            continue
        return address
    return ""
