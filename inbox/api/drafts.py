"""Unsent words over HTTP: the member's own, the same that his pages keep."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import member_of
from inbox import actions, queries
from inbox.actions.drafting import Page, Words
from inbox.actions.files import MOST_UNSENT
from inbox.api.views import conversation_of
from inbox.forms.drafts import BIG, LONGEST
from inbox.models import Draft

KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=Draft.Kind.values)


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


class DraftsView(APIView):
    """The member's drafts."""

    @extend_schema(responses=GlanceSerializer(many=True), operation_id="drafts_list")
    def get(self, request: Request) -> Response:
        """Where there are any, the newest first."""
        found = queries.drafts_of(member_of(request))
        rows = [{"conversation": number, "text": text} for number, text in found.items()]
        return Response(GlanceSerializer(rows, many=True).data)


class ConversationDraftsView(APIView):
    """The member's drafts in one conversation."""

    @extend_schema(responses=DraftSerializer(many=True), operation_id="conversation_drafts")
    def get(self, request: Request, number: int) -> Response:
        """At most two: a reply and a note."""
        kept = queries.drafts_in(member_of(request), conversation_of(request, number))
        return Response([_shown(one.draft, one.files) for one in kept])


class DraftView(APIView):
    """One of them."""

    @extend_schema(
        request=DraftSerializer,
        responses=DraftSerializer,
        operation_id="draft_update",
        parameters=[KIND],
    )
    def put(self, request: Request, number: int, kind: str) -> Response:
        """Keep it; 409 `draft_changed` with the `version` of now if it went on elsewhere."""
        if kind not in Draft.Kind.values:
            raise Http404
        given = DraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        conversation, wish = conversation_of(request, number), given.validated_data
        quoting = None
        if wish["quoting"]:
            quoting = get_object_or_404(queries.message_of(conversation, wish["quoting"]))
        words = Words(wish["text"], quoting, wish["attachments"], wish["seen"])
        by = member_of(request)
        actions.save_draft(conversation, by=by, kind=kind, words=words, page=Page(wish["version"]))
        found = {one.draft.kind: one for one in queries.drafts_in(by, conversation)}[kind]
        return Response(_shown(found.draft, found.files))


def _shown(draft: Draft, files: list[Any]) -> dict[str, Any]:
    told = {"quoting": draft.quoting_id, "attachments": [file.uuid for file in files]}
    plain = {name: getattr(draft, name) for name in ("kind", "version", "text", "seen")}
    return dict(DraftSerializer({**plain, **told}).data)
