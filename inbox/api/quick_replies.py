"""Quick replies over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.idempotency import idempotent
from accounts.models import Department
from accounts.requests import member_of
from inbox import actions, queries
from inbox.api.views import KEY
from inbox.forms.quick_replies import SHORT
from inbox.models import QuickReply


class QuickReplySerializer(serializers.ModelSerializer[QuickReply]):
    """A quick reply; with neither department nor member it is for everybody."""

    class Meta:
        model = QuickReply
        fields = [
            *("id", "shortcut", "title", "text", "language", "department", "member"),
            *("file_name", "is_active", "used", "used_at"),
        ]
        read_only_fields = fields


class NewQuickReplySerializer(serializers.Serializer[Any]):
    """What is kept under which word, and for whom."""

    shortcut = serializers.CharField(max_length=40, validators=[SHORT])
    title = serializers.CharField(max_length=80)
    text = serializers.CharField(max_length=4000)
    language = serializers.ChoiceField(choices=QuickReply.Language.choices, default="")
    is_own = serializers.BooleanField(default=True)
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.none(), default=None, allow_null=True
    )

    def get_fields(self) -> dict[str, Any]:
        """Departments of this workspace, at request time."""
        fields: dict[str, Any] = super().get_fields()
        fields["department"].queryset = Department.objects.filter(is_active=True)
        return fields


class QuickRepliesView(APIView):
    """The quick replies that the member may use."""

    @extend_schema(responses=QuickReplySerializer(many=True), operation_id="quick_replies_list")
    def get(self, request: Request) -> Response:
        """All of them, by shortcut."""
        rows = queries.editable_quick_replies(member_of(request))
        return Response(QuickReplySerializer(rows, many=True).data)

    @extend_schema(
        request=NewQuickReplySerializer,
        responses={201: QuickReplySerializer},
        operation_id="quick_replies_create",
        parameters=[KEY],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """A new one; 409 `shortcut_taken`, `unknown_variable`."""
        given = NewQuickReplySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = actions.save_quick_reply(by=member_of(request), **given.validated_data)
        return Response(QuickReplySerializer(made).data, status=201)
