"""Files and reactions over HTTP, and the templates of a channel."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import member_of
from helpdesk.parsers import BoundedJSONParser
from helpdesk.tenancy import acting_in
from inbox import actions, queries
from inbox.api.serializers import (
    AttachmentSerializer,
    MessageSerializer,
    ReactionSerializer,
    TemplateSerializer,
    UploadSerializer,
)
from inbox.attachments.storing import forget, keep
from inbox.models import Conversation
from inbox.serving import file_answer


def _conversation(request: Request, number: int) -> Conversation:
    return get_object_or_404(queries.visible_to(member_of(request)), number=number)


class UploadsView(APIView):
    """Files that are to be sent."""

    parser_classes = [MultiPartParser, BoundedJSONParser]  # JSON has no file, and is told so

    @extend_schema(
        request=UploadSerializer,
        responses={201: AttachmentSerializer},
        operation_id="attachments_create",
    )
    def post(self, request: Request, number: int) -> Response:
        """Upload a file; then send it with a message. 409 if the channel does not carry it."""
        # Outside any transaction its bytes are awaited, looked at and stored, as on the page;
        # the rights are checked before, and again with the row.
        member = member_of(request)
        with acting_in(member.workspace_id):
            member.require("inbox.reply", _conversation(request, number))
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        file: Any = given.validated_data["file"]
        kept = keep(file.file, file.name or "", member.workspace_id)
        try:
            with acting_in(member.workspace_id, by=member):
                conversation = _conversation(request, number)
                row = actions.add_upload(conversation, by=member, kept=kept)
        except BaseException:
            forget(kept)
            raise
        return Response(AttachmentSerializer(row).data, status=201)


class AttachmentView(APIView):
    """One file."""

    @extend_schema(responses={(200, "*/*"): OpenApiTypes.BINARY}, operation_id="attachment")
    def get(self, request: Request, uuid: UUID) -> HttpResponseBase:
        """Its bytes, as a download; also in ranges."""
        return file_answer(request._request, member_of(request), uuid)


class ReactionView(APIView):
    """Our reaction to a message."""

    @extend_schema(
        request=ReactionSerializer, responses=MessageSerializer, operation_id="reaction_update"
    )
    def put(self, request: Request, number: int, message_id: int) -> Response:
        """React, or take it back with a blank emoji."""
        conversation = _conversation(request, number)
        given = ReactionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        message = get_object_or_404(queries.message_of(conversation, message_id))
        message.conversation = conversation
        changed = actions.react(message, by=member_of(request), **given.validated_data)
        queries.furnished([changed])
        return Response(MessageSerializer(changed).data)


class TemplatesView(APIView):
    """The templates of a channel."""

    @extend_schema(responses=TemplateSerializer(many=True), operation_id="templates_list")
    def get(self, request: Request, channel_id: int) -> Response:
        """All of them, also those that cannot be sent."""
        channel = get_object_or_404(queries.channels(), pk=channel_id)
        return Response(TemplateSerializer(queries.templates_of(channel), many=True).data)
