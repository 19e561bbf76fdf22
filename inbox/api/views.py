"""Conversations over HTTP: the same queries and actions as the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.idempotency import idempotent
from accounts.requests import member_of
from inbox import actions, queries
from inbox.api.filters import ConversationFilter
from inbox.api.serializers import (
    ChannelSerializer,
    ConversationSerializer,
    MessageSerializer,
    NewMessageSerializer,
    TransferSerializer,
)
from inbox.api.writing import write
from inbox.models import Conversation, Message

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)


class Newest(CursorPagination):
    """Keyset pages, the newest first."""

    page_size = 50
    ordering = ("-last_message_at", "-id")

    def decode_cursor(self, request: Request) -> Any:
        """A cursor that we have not made is a page that does not exist."""
        cursor = super().decode_cursor(request)
        if cursor and cursor.position is not None and not _is_time(str(cursor.position)):
            raise NotFound(self.invalid_cursor_message)
        return cursor


class OldestLast(Newest):
    """Messages, the newest first."""

    ordering = ("-sent_at", "-id")


def _is_time(text: str) -> bool:
    try:
        return parse_datetime(text) is not None
    except ValueError:
        return False


def conversation_of(request: Request, number: int) -> Conversation:
    """The conversation of this number, if the member may see it; else 404."""
    return get_object_or_404(queries.visible_to(member_of(request)), number=number)


class ConversationsView(GenericAPIView[Conversation]):
    """The conversations that the member sees."""

    serializer_class = ConversationSerializer
    filterset_class = ConversationFilter
    pagination_class = Newest
    queryset = Conversation.objects.none()

    def get_queryset(self) -> QuerySet[Conversation]:
        """By the one rule of sight."""
        return queries.visible_to(member_of(self.request))

    @extend_schema(operation_id="conversations_list")
    def get(self, request: Request) -> Response:
        """A page of them."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class ConversationView(APIView):
    """One conversation."""

    @extend_schema(responses=ConversationSerializer, operation_id="conversation")
    def get(self, request: Request, number: int) -> Response:
        """As it is now."""
        return Response(ConversationSerializer(conversation_of(request, number)).data)


class MessagesView(GenericAPIView[Message]):
    """The messages of a conversation."""

    serializer_class = MessageSerializer
    pagination_class = OldestLast
    filter_backends: list[Any] = []
    queryset = Message.objects.none()

    @extend_schema(operation_id="messages_list")
    def get(self, request: Request, number: int) -> Response:
        """A page of them, the newest first."""
        rows = conversation_of(request, number).messages.all()
        page = queries.furnished(self.paginate_queryset(rows) or [])
        return self.get_paginated_response(MessageSerializer(page, many=True).data)

    @extend_schema(
        request=NewMessageSerializer,
        responses={201: MessageSerializer},
        operation_id="messages_create",
        parameters=[KEY],
    )
    @idempotent
    def post(self, request: Request, number: int) -> Response:
        """Reply to the customer, or write a note."""
        given = NewMessageSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        conversation = conversation_of(request, number)
        message = write(conversation, member_of(request), given.validated_data)
        queries.furnished([message])
        return Response(MessageSerializer(message).data, status=201)


class AssignmentView(APIView):
    """Who has the conversation."""

    @extend_schema(
        request=None,
        responses=ConversationSerializer,
        operation_id="assignment_create",
        parameters=[KEY],
    )
    @idempotent
    def post(self, request: Request, number: int) -> Response:
        """Accept it; 409 `taken` if another was faster."""
        conversation = get_object_or_404(queries.takeable_by(member_of(request)), number=number)
        taken = actions.accept(conversation, by=member_of(request))
        return Response(ConversationSerializer(taken).data)

    @extend_schema(responses=ConversationSerializer, operation_id="assignment_delete")
    def delete(self, request: Request, number: int) -> Response:
        """Release it to its queue."""
        released = actions.release(conversation_of(request, number), by=member_of(request))
        return Response(ConversationSerializer(released).data)


class TransferView(APIView):
    """Handing it on."""

    @extend_schema(
        request=TransferSerializer,
        responses=ConversationSerializer,
        operation_id="transfer_create",
        parameters=[KEY],
    )
    @idempotent
    def post(self, request: Request, number: int) -> Response:
        """To a member or to a department's queue."""
        given = TransferSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        conversation = conversation_of(request, number)
        moved = actions.transfer(conversation, by=member_of(request), **given.validated_data)
        return Response(ConversationSerializer(moved).data)


class ClosureView(APIView):
    """The end of the conversation."""

    @extend_schema(
        request=None,
        responses=ConversationSerializer,
        operation_id="closure_create",
        parameters=[KEY],
    )
    @idempotent
    def post(self, request: Request, number: int) -> Response:
        """Resolve it."""
        ended = actions.resolve(conversation_of(request, number), by=member_of(request))
        return Response(ConversationSerializer(ended).data)


class ChannelsView(APIView):
    """The channels of the workspace."""

    @extend_schema(responses=ChannelSerializer(many=True), operation_id="channels_list")
    def get(self, request: Request) -> Response:
        """Without their settings and secrets."""
        return Response(ChannelSerializer(queries.channels(), many=True).data)
