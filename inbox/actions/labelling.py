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
from inbox.audience import audience_of
from inbox.events import ConversationLabelled, LabelChanged
from inbox.models import Conversation, ConversationLabel, Label
from inbox.queries.labelling import label_ids

MOST_LABELS = 20


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
    chosen = {label.pk: label for label in labels}
    before = label_ids(row)
    change_labels(
        row,
        by=by,
        add=[chosen[pk] for pk in chosen if pk not in before],
        remove=before - chosen.keys(),
    )
    return row


def change_labels(
    row: Conversation, *, by: Member, add: Iterable[Label], remove: Iterable[int]
) -> None:
    """Put labels on a conversation that is held, and take others off; for actions."""
    before = label_ids(row)
    new = {label.pk: label for label in add if label.pk not in before}
    gone = before & set(remove)
    if not new and not gone:
        return
    if not all(label.is_active for label in new.values()):
        raise Refused("label_inactive", _("This label is not in use any more."))
    if len(before - gone) + len(new) > MOST_LABELS:
        told = _("A conversation has at most %(most)d labels.") % {"most": MOST_LABELS}
        raise Refused("too_many_labels", told)
    ConversationLabel.objects.filter(conversation=row, label__in=gone).delete()
    ConversationLabel.objects.bulk_create(
        ConversationLabel(conversation=row, label=label, added_by=by) for label in new.values()
    )
    event = ConversationLabelled(row.pk, sorted(new), sorted(gone))
    emit(event, audience=audience_of(row), by=by)


def _save(label: Label, by: Any, changed: list[str]) -> None:
    try:
        with transaction.atomic():
            label.save()
    except IntegrityError as error:
        raise Refused("name_taken", _("There is already a label of this name.")) from error
    emit(LabelChanged(label.pk, changed), audience={"w"}, by=by)
