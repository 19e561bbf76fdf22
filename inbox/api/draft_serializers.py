"""The shape of a draft in the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers

from inbox import queries
from inbox.actions.drafting import Page, Words
from inbox.actions.files import MOST_UNSENT
from inbox.forms.drafts import BIG, LONGEST
from inbox.models import Conversation, Draft


class GlanceSerializer(serializers.Serializer[Any]):
    """Where something waits to be sent: a conversation's number, and the first words."""

    conversation = serializers.IntegerField()
    text = serializers.CharField()


class DraftSerializer(serializers.Serializer[Any]):
    """A draft of `kind` ``reply`` or ``note``. `version` is to be sent along with the next save;
    an emptied draft keeps it. `attachments` are uploads that wait to be sent, by uuid."""

    kind = serializers.CharField(read_only=True)
    version = serializers.IntegerField(min_value=0, max_value=BIG)
    text = serializers.CharField(
        max_length=LONGEST, trim_whitespace=False, allow_blank=True, default=""
    )
    quoting = serializers.IntegerField(min_value=1, max_value=BIG, allow_null=True, default=None)
    seen = serializers.IntegerField(min_value=0, max_value=BIG, default=0)
    attachments = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_UNSENT, default=list
    )


def words_of(given: dict[str, Any], conversation: Conversation) -> tuple[Words, Page]:
    """What the action takes; 404 if it quotes what is not in the conversation."""
    quoting = None
    if given["quoting"]:
        quoting = get_object_or_404(queries.message_of(conversation, given["quoting"]))
    words = Words(given["text"], quoting, given["attachments"], given["seen"])
    return words, Page(given["version"])


def shown(draft: Draft, files: list[Any]) -> dict[str, Any]:
    """A draft as it is, with its unsent files."""
    told = {"quoting": draft.quoting_id, "attachments": [file.uuid for file in files]}
    plain = {name: getattr(draft, name) for name in ("kind", "version", "text", "seen")}
    return dict(DraftSerializer({**plain, **told}).data)
