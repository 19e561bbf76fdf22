"""Labels, and conversations with theirs."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from inbox.models import Conversation, ConversationLabel, Label


def labels() -> QuerySet[Label]:
    """All labels by name, those that were put away last, each with the number of
    conversations that have it as `used`."""
    used = Count("labellings")
    return Label.objects.annotate(used=used).order_by("-is_active", "name")


def choosable_labels(conversation: Conversation | None = None) -> QuerySet[Label]:
    """The labels that may be put on conversations, and those that this one has already."""
    wanted = Q(is_active=True)
    if conversation is not None:
        wanted |= Q(pk__in=_on(conversation).values("label_id"))
    return Label.objects.filter(wanted).order_by("name")


def label_ids(conversation: Conversation) -> set[int]:
    """What is on it now."""
    return set(_on(conversation).values_list("label_id", flat=True))


def with_labels(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """With `shown_labels`: what a row shows of each label, by name. Part of the same
    statement, so that a list costs no query more."""
    return rows.annotate(shown_labels=ArraySubquery(_shown(OuterRef("pk"))))


def labelled(conversation: Conversation) -> Conversation:
    """The same for one that is at hand, if it was fetched without."""
    if not hasattr(conversation, "shown_labels"):
        found = [row["shown"] for row in _shown(conversation.pk)]
        conversation.shown_labels = found  # type: ignore[attr-defined]
    return conversation


def _on(conversation: Conversation) -> QuerySet[ConversationLabel]:
    return ConversationLabel.objects.filter(conversation=conversation.pk)


def _shown(conversation: Any) -> QuerySet[ConversationLabel, Any]:
    shown = JSONObject(id="label_id", name="label__name", hue="label__hue")
    rows = ConversationLabel.objects.filter(conversation=conversation)
    return rows.order_by("label__name").values(shown=shown)
