"""Every write of contacts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from contacts.events import ContactChanged, ContactCreated
from contacts.models import Contact, ContactIdentity
from helpdesk.events import action, emit


class Key(Protocol):
    """An address: the shape of `inbox.channels.IdentityKey`."""

    @property
    def kind(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def value(self) -> str: ...


class Identified(NamedTuple):
    """A contact, the identity to answer to, and whether the contact is new."""

    contact: Contact
    identity: ContactIdentity
    created: bool


@action
def identify(keys: Iterable[Key], *, by: Any, name: str = "", phone: str = "") -> Identified:
    """Find the contact behind any of the addresses, or make it; remember new addresses.

    Two workers may meet the same new customer at once: the unique address lets one win,
    and the other finds what the first has made.
    """
    wanted = {(key.kind, key.scope, key.value): key for key in keys}
    first = next(iter(wanted))
    known = _known(wanted)
    if known:
        _complete(known[0].contact, name, phone, by)
        by_key = {(row.kind, row.scope, row.value): row for row in known}
        for missing in wanted.keys() - by_key.keys():
            by_key[missing] = _add(known[0].contact, missing)
        return Identified(known[0].contact, by_key[first], created=False)
    contact = Contact.objects.create(name=name[:160], phone=phone[:20])
    rows = [_address(contact, key) for key in wanted]
    ContactIdentity.objects.bulk_create(rows, ignore_conflicts=True)
    theirs = _known(wanted)
    if theirs[0].contact_id != contact.pk:
        contact.delete()
        return Identified(theirs[0].contact, theirs[0], created=False)
    emit(ContactCreated(contact.pk), audience={"w"}, by=by)
    return Identified(contact, theirs[0], created=True)


def _known(wanted: dict[tuple[str, str, str], Key]) -> list[ContactIdentity]:
    values = [value for _kind, _scope, value in wanted]
    rows = ContactIdentity.objects.select_related("contact").filter(value__in=values)
    order = list(wanted)
    found = [row for row in rows if (row.kind, row.scope, row.value) in wanted]
    return sorted(found, key=lambda row: order.index((row.kind, row.scope, row.value)))


def _address(contact: Contact, key: tuple[str, str, str]) -> ContactIdentity:
    kind, scope, value = key
    return ContactIdentity(contact=contact, kind=kind, scope=scope, value=value)


def _add(contact: Contact, key: tuple[str, str, str]) -> ContactIdentity:
    kind, scope, value = key
    row, _created = ContactIdentity.objects.get_or_create(
        kind=kind, scope=scope, value=value, defaults={"contact": contact}
    )
    return row


def _complete(contact: Contact, name: str, phone: str, by: Any) -> None:
    """Fill what was blank; a name that an agent has corrected stays."""
    changed = []
    if name and not contact.name:
        contact.name = name[:160]
        changed.append("name")
    if phone and not contact.phone:
        contact.phone = phone[:20]
        changed.append("phone")
    if changed:
        contact.save(update_fields=changed)
        emit(ContactChanged(contact.pk, changed), audience={"w"}, by=by)
