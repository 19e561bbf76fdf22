"""Unsent words over HTTP: the member's own, the same that his pages keep."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import member_of
from inbox import actions, queries
from inbox.api.draft_serializers import DraftSerializer, GlanceSerializer, shown, words_of
from inbox.api.views import conversation_of
from inbox.models import Draft


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
        return Response([shown(one.draft, one.files) for one in kept])


class DraftView(APIView):
    """One of them."""

    @extend_schema(request=DraftSerializer, responses=DraftSerializer, operation_id="draft_update")
    def put(self, request: Request, number: int, kind: str) -> Response:
        """Keep it; 409 `draft_changed` with the `version` of now if it went on elsewhere."""
        if kind not in Draft.Kind.values:
            raise Http404
        given = DraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        conversation = conversation_of(request, number)
        words, page = words_of(given.validated_data, conversation)
        by = member_of(request)
        actions.save_draft(conversation, by=by, kind=kind, words=words, page=page)
        found = {one.draft.kind: one for one in queries.drafts_in(by, conversation)}[kind]
        return Response(shown(found.draft, found.files))
