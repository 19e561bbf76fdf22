"""Labels: making them, and putting them on conversations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.actions.facts import locked
from inbox.actions.label_changes import change_labels
from inbox.actions.undoing import remember
from inbox.events import LabelChanged
from inbox.models import Conversation, Label
from inbox.queries.labelling import label_ids


@action
def create_label(*, by: Any, name: str, hue: int) -> Label:
    """A new label. `Refused("name_taken")` if one of this name exists, active or not."""
    by.require("inbox.manage_labels")
    label = Label(name=name.strip(), hue=hue)
    _save(label, by, ["created"])
    return label


@action
def edit_label(label: Label, *, by: Any, name: str, hue: int) -> Label:
    """Rename or colour it; it changes wherever it is. `Refused("name_taken")`."""
    by.require("inbox.manage_labels")
    row = Label.objects.select_for_update().get(pk=label.pk)
    wanted: dict[str, Any] = {"name": name.strip(), "hue": hue}
    changed = [field for field, value in wanted.items() if getattr(row, field) != value]
    row.name, row.hue = wanted["name"], wanted["hue"]
    if changed:
        _save(row, by, changed)
    return row


@action
def set_label_activity(label: Label, *, by: Any, is_active: bool) -> Label:
    """Put it away, or bring it back. Where it is, it stays, so that what was counted with it
    still can be."""
    by.require("inbox.manage_labels")
    row = Label.objects.select_for_update().get(pk=label.pk)
    if row.is_active != is_active:
        row.is_active = is_active
        _save(row, by, ["is_active"])
    return row


@action
def set_labels(conversation: Conversation, *, by: Member, labels: Iterable[Label]) -> Conversation:
    """Have exactly these labels on it. `Refused`: ``label_inactive`` for a new one that was
    put away, ``too_many_labels``."""
    row = locked(conversation)
    by.require("inbox.label", row)
    chosen, before = {label.pk: label for label in labels}, label_ids(row)
    return _change(row, before, by, add=chosen.values(), remove=before - chosen.keys())


@action
def add_and_remove(
    conversation: Conversation, *, by: Member, add: Iterable[Label], remove: Iterable[int]
) -> Conversation:
    """Put these labels on it and take those off, whatever else is there. `Refused` as above."""
    row = locked(conversation)
    by.require("inbox.label", row)
    return _change(row, label_ids(row), by, add=add, remove=remove)


def _change(
    row: Conversation,
    before: set[int],
    by: Member,
    *,
    add: Iterable[Label],
    remove: Iterable[int],
) -> Conversation:
    after = change_labels(row, before, by=by, add=add, remove=remove)
    if after != before:
        remember(row, "labels", {"before": sorted(before), "after": sorted(after)}, by)
    return row


def _save(label: Label, by: Any, changed: list[str]) -> None:
    try:
        with transaction.atomic():
            label.save()
    except IntegrityError as error:
        raise Refused("name_taken", _("There is already a label of this name.")) from error
    emit(LabelChanged(label.pk, changed), audience={"w"}, by=by)
