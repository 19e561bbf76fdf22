"""What people write about a contact. Whoever edits says what he saw: nobody overwrites unknowingly
what a colleague has written meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from contacts.events import ContactChanged
from contacts.models import Contact
from helpdesk.errors import Refused
from helpdesk.events import action, emit

MOST_DETAILS = 30


@action
def edit_contact(
    contact: Contact, *, by: Any, audience: Iterable[str], field: str, value: str, was: str
) -> Contact:
    """Set one of `Contact.EDITABLE` to `value`, where `was` is what the editor saw.

    `Refused("contact_changed")` with `current` if it says something else by now. `audience`
    are the tags of those who see the contact, besides those who see everything.
    """
    locked = _held(contact)
    if field not in Contact.EDITABLE:
        raise ValueError(field)
    current = getattr(locked, field)
    if current == value:
        return locked
    if current != was:
        raise _changed(current)
    setattr(locked, field, value)
    locked.save(update_fields=[field])
    emit(ContactChanged(locked.pk, [field]), audience={"w", *audience}, by=by)
    return locked


@action
def set_detail(
    contact: Contact,
    *,
    by: Any,
    audience: Iterable[str],
    label: str,
    value: str,
    was: tuple[str, str] | None = None,
) -> Contact:
    """Add, change or (with an empty label) remove a row of additional information; `was` is the
    row as the editor saw it, None for a new one.

    `Refused` with ``contact_changed`` and `current`, ``detail_taken`` if another row has the
    label, or ``too_many_details``.
    """
    locked = _held(contact)
    rows = [(row["label"], row["value"]) for row in locked.details]
    others = [row for row in rows if was is None or row[0] != was[0]]
    if was is not None and was not in rows:
        raise _changed(next((row[1] for row in rows if row[0] == was[0]), ""))
    if label and label.casefold() in {row[0].casefold() for row in others}:
        raise Refused("detail_taken", _("There is already a row of this name."))
    if was is None and len(rows) >= MOST_DETAILS:
        raise Refused("too_many_details", _("There is no room for more rows."))
    new = [(label, value)] if label else []
    at = rows.index(was) if was is not None else len(rows)
    rows = [*rows[:at], *new, *rows[at + (was is not None) :]]
    locked.details = [{"label": name, "value": text} for name, text in rows]
    locked.save(update_fields=["details"])
    emit(ContactChanged(locked.pk, ["details"]), audience={"w", *audience}, by=by)
    return locked


def _held(contact: Contact) -> Contact:
    """The contact, or into whom it was merged since it was shown: what is written about it
    must not be lost there."""
    row = Contact.objects.select_for_update().get(pk=contact.pk)
    return _held(Contact(pk=row.merged_into_id)) if row.merged_into_id else row


def _changed(current: str) -> Refused:
    text = _("Somebody has changed this meanwhile. Now it says: “%(current)s”")
    shown = text % {"current": current} if current else _("Somebody has removed this meanwhile.")
    return Refused("contact_changed", shown, current=current)
