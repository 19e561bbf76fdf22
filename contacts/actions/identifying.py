"""Who somebody is: contacts found by their addresses, made, merged and filled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from django.db.models import Q, QuerySet

from contacts.events import ContactChanged, ContactCreated, ContactsMerged, IdentityReplaced
from contacts.models import Contact, ContactIdentity
from helpdesk.events import action, emit
from helpdesk.prepared import prepared

MERGED = ("name", "phone", "email", "organization", "address")


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
def identify(
    keys: Iterable[Key], *, by: Any, name: str = "", phone: str = "", is_group: bool = False
) -> Identified:
    """Find the contact behind any of the addresses, or make it; remember new addresses. Where
    they lead to two contacts, these turn out to be one, and are merged.

    Two workers may meet the same new customer at once: the unique address lets one win,
    and the other finds what the first has made.
    """
    wanted = {(key.kind, key.scope, key.value): key for key in keys}
    first = next(iter(wanted))
    known = _known(wanted)
    if known:
        contact = _one_of({row.contact for row in known}, by)
        _complete(contact, name, phone, by)
        by_key = {(row.kind, row.scope, row.value): row for row in known}
        for missing in wanted.keys() - by_key.keys():
            by_key[missing] = _add(contact, missing)
        return Identified(contact, by_key[first], created=False)
    contact = Contact.objects.create(name=name[:160], phone=phone[:20], is_group=is_group)
    rows = [_address(contact, key) for key in wanted]
    ContactIdentity.objects.bulk_create(rows, ignore_conflicts=True)
    theirs = _known(wanted)
    if theirs[0].contact_id != contact.pk:
        contact.delete()
        return Identified(theirs[0].contact, theirs[0], created=False)
    emit(ContactCreated(contact.pk), audience={"w"}, by=by)
    return Identified(contact, theirs[0], created=True)


def _one_of(contacts: set[Contact], by: Any) -> Contact:
    """The oldest of them, into which the others are merged; whatever somebody else has merged
    at the same moment counts."""
    oldest, *others = sorted(contacts, key=lambda contact: contact.pk)
    if not others:
        return oldest
    held = Contact.objects.select_for_update().filter(pk__in=[row.pk for row in contacts])
    standing = {_standing(row) for row in held.order_by("pk")}
    oldest, *others = sorted(standing, key=lambda contact: contact.pk)
    for other in others:
        merge_contacts(oldest, other, by=by)
    return oldest


def _standing(contact: Contact) -> Contact:
    """The contact into which this one was merged at last, or itself."""
    while contact.merged_into is not None:
        contact = contact.merged_into
    return contact


@action
def still_stands(contact: Contact) -> bool:
    """Whether it was not merged meanwhile; it is held, so that it stays like that."""
    held = Contact.objects.select_for_update(no_key=True).filter(pk=contact.pk)
    return held.values_list("merged_into", flat=True).first() is None


@action
def merge_contacts(kept: Contact, dropped: Contact, *, by: Any) -> None:
    """Two contacts are one person: addresses go over, blanks are filled; what other apps keep
    of `dropped` follows through the event."""
    held = Contact.objects.select_for_update().filter(pk__in=[kept.pk, dropped.pk])
    rows = {row.pk: row for row in held.order_by("pk")}
    if len(rows) < 2 or any(row.merged_into_id for row in rows.values()):
        return
    for name in (*MERGED, "note", "details"):  # as they are now that they are held
        setattr(kept, name, getattr(rows[kept.pk], name))
        setattr(dropped, name, getattr(rows[dropped.pk], name))
    ContactIdentity.objects.filter(contact=dropped).update(contact=kept)
    filled = [name for name in MERGED if getattr(dropped, name) and not getattr(kept, name)]
    for name in filled:
        setattr(kept, name, getattr(dropped, name))
    if dropped.note and dropped.note not in kept.note:
        kept.note = f"{kept.note}\n{dropped.note}".strip()
        filled.append("note")
    known = {row["label"].casefold() for row in kept.details}
    if added := [row for row in dropped.details if row["label"].casefold() not in known]:
        kept.details = [*kept.details, *added]
        filled.append("details")
    kept.save(update_fields=filled)
    Contact.objects.filter(pk=dropped.pk).update(merged_into=kept)
    emit(ContactsMerged(kept.pk, dropped.pk), audience={"w"}, by=by)


@action
def move_identity(old: Key, new: Key, *, by: Any, phone: str = "") -> ContactIdentity | None:
    """An address has changed: whoever had `old` has `new` from now on. None if nobody has
    `old`. If `new` had become a contact of its own meanwhile, the two are merged."""
    rows = ContactIdentity.objects.select_for_update(of=("self",)).select_related("contact")
    row = rows.filter(kind=old.kind, scope=old.scope, value=old.value).first()
    if row is None:
        return None
    taken = rows.filter(kind=new.kind, scope=new.scope, value=new.value).first()
    contact = row.contact
    if taken is not None and taken.pk != row.pk:
        contact = _one_of({row.contact, taken.contact}, by)
        emit(IdentityReplaced(row.pk, taken.pk), audience={"w"}, by=by)
        row.delete()
        row = taken
    row.contact = contact
    row.kind, row.scope, row.value = new.kind, new.scope, new.value
    row.save()
    if phone:
        contact.phone = phone[:20]
        contact.save(update_fields=["phone"])
        emit(ContactChanged(contact.pk, ["phone"]), audience={"w"}, by=by)
    return row


def _known(wanted: dict[tuple[str, str, str], Key]) -> list[ContactIdentity]:
    kinds, scopes, values = zip(*wanted, strict=True)
    rows = _with_addresses(list(set(kinds)), list(set(scopes)), list(values))
    order = list(wanted)
    found = [row for row in rows if (row.kind, row.scope, row.value) in wanted]
    return sorted(found, key=lambda row: order.index((row.kind, row.scope, row.value)))


@prepared
def _with_addresses(kinds: Any, scopes: Any, values: Any) -> QuerySet[ContactIdentity]:
    rows = ContactIdentity.objects.select_related("contact")
    return rows.filter(kind__any=kinds, scope__any=scopes, value__any=values)


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


@action
def save_contact(
    *,
    by: Any,
    name: str,
    phone: str,
    email: str = "",
    organization: str = "",
    update: bool = False,
    saved_id: int | None = None,
) -> tuple[Contact, bool]:
    """Make a contact from a card that a customer shared; `phone` is E.164 with its plus, or
    blank. If somebody has that number already, or the card was saved as `saved_id` before, he
    is returned with False, and with `update` what he lacks is filled from the card."""
    same = Q(pk=saved_id) if saved_id else Q()
    same |= Q(phone=phone) if phone else Q()
    known = Contact.objects.filter(same, merged_into__isnull=True) if same else None
    found = known.order_by("pk").first() if known is not None else None
    given = {
        "name": name[:160],
        "email": email[:254],
        "organization": organization[:160],
    }
    if found is None:
        contact = Contact.objects.create(phone=phone[:20], **given)
        emit(ContactCreated(contact.pk), audience={"w"}, by=by)
        return contact, True
    filled = [key for key, value in given.items() if value and not getattr(found, key)]
    if update and filled:
        for key in filled:
            setattr(found, key, given[key])
        found.save(update_fields=filled)
        emit(ContactChanged(found.pk, filled), audience={"w"}, by=by)
    return found, False
