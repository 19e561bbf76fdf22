"""Putting labels on a conversation and taking them off: the one way in which it happens."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import emit
from inbox.audience import audience_of
from inbox.events import ConversationLabelled
from inbox.models import Conversation, ConversationLabel, Label

MOST_LABELS = 20


def change_labels(
    row: Conversation,
    before: set[int],
    *,
    by: Member,
    add: Iterable[Label],
    remove: Iterable[int],
) -> set[int]:
    """Put labels on a conversation that is held and has those of `before`, and take others off;
    what it has then. For actions."""
    new = {label.pk: label for label in add if label.pk not in before}
    gone = before & set(remove)
    if not new and not gone:
        return before
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
    return (before - gone) | new.keys()
