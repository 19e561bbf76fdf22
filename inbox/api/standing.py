"""What was read, and what is put aside, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import member_of
from inbox import actions
from inbox.api.serializers import ConversationSerializer
from inbox.api.views import conversation_of


class SnoozeSerializer(serializers.Serializer[Any]):
    """Until when; it lies ahead, within a year."""

    until = serializers.DateTimeField()


class ReadView(APIView):
    """Whether its assignee has read it: `unread_count`."""

    @extend_schema(request=None, responses=ConversationSerializer, operation_id="read_update")
    def put(self, request: Request, number: int) -> Response:
        """It was read; for anybody but its assignee nothing changes."""
        read = actions.mark_read(conversation_of(request, number), by=member_of(request))
        return Response(ConversationSerializer(read).data)

    @extend_schema(responses=ConversationSerializer, operation_id="read_delete")
    def delete(self, request: Request, number: int) -> Response:
        """It is to be read again from the customer's last message; its assignee may say so."""
        unread = actions.mark_unread(conversation_of(request, number), by=member_of(request))
        return Response(ConversationSerializer(unread).data)


class SnoozeView(APIView):
    """Putting it aside."""

    @extend_schema(
        request=SnoozeSerializer, responses=ConversationSerializer, operation_id="snooze_update"
    )
    def put(self, request: Request, number: int) -> Response:
        """Until a time; it comes back before if the customer writes."""
        given = SnoozeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        conversation = conversation_of(request, number)
        aside = actions.snooze(conversation, by=member_of(request), **given.validated_data)
        return Response(ConversationSerializer(aside).data)

    @extend_schema(responses=ConversationSerializer, operation_id="snooze_delete")
    def delete(self, request: Request, number: int) -> Response:
        """Bring it back now."""
        back = actions.wake(conversation_of(request, number), by=member_of(request))
        return Response(ConversationSerializer(back).data)
