"""Who may be called into a conversation, and where the member was, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import member_of
from inbox import actions, queries
from inbox.api.views import conversation_of


class MentionSerializer(serializers.Serializer[Any]):
    """A conversation's number, and how often he was called there since he looked."""

    conversation = serializers.IntegerField()
    unread = serializers.IntegerField()


class NamedSerializer(serializers.Serializer[Any]):
    """A ``member`` or a ``department`` (`kind`): `@` and its `name` in a note call it."""

    kind = serializers.CharField()
    id = serializers.IntegerField()
    name = serializers.CharField()


class MentionsView(APIView):
    """Where the member was called."""

    @extend_schema(responses=MentionSerializer(many=True), operation_id="mentions_list")
    def get(self, request: Request) -> Response:
        """Those that he has not read yet, where he may see the conversation still."""
        found = queries.unread_mentions(member_of(request))
        rows = [{"conversation": number, "unread": count} for number, count in found.items()]
        return Response(MentionSerializer(rows, many=True).data)


class ConversationMentionsView(APIView):
    """Calling somebody into a conversation."""

    @extend_schema(responses=NamedSerializer(many=True), operation_id="mentionable_list")
    def get(self, request: Request, number: int) -> Response:
        """Who may be called: whoever sees the conversation, and departments with such members."""
        found = queries.callable_in(conversation_of(request, number))
        return Response(NamedSerializer(found, many=True).data)

    @extend_schema(responses={204: None}, operation_id="mentions_read")
    def delete(self, request: Request, number: int) -> Response:
        """He has read where he was called here."""
        actions.read_mentions(conversation_of(request, number), by=member_of(request))
        return Response(status=204)
