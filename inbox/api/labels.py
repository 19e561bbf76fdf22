"""Labels over HTTP."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.idempotency import idempotent
from accounts.requests import member_of
from inbox import actions, queries
from inbox.api.related import FewRows
from inbox.api.views import KEY
from inbox.models import Label


class LabelSerializer(serializers.ModelSerializer[Label]):
    """A label; `hue` is one of twelve colours."""

    class Meta:
        model = Label
        fields = ["id", "name", "hue", "is_active"]
        read_only_fields = ["id", "is_active"]


class NewLabelSerializer(serializers.Serializer[Any]):
    """What a label is called, and its colour."""

    name = serializers.CharField(max_length=40)
    hue = serializers.ChoiceField(choices=Label.Hue.choices, default=Label.Hue.TEAL)


class ChosenLabelsSerializer(serializers.Serializer[Any]):
    """All labels that the conversation shall have; the others are taken off."""

    labels = FewRows(
        child_relation=serializers.PrimaryKeyRelatedField(queryset=Label.objects.none())
    )

    def get_fields(self) -> dict[str, Any]:
        """Looked up among those of this workspace, at request time."""
        fields: dict[str, Any] = super().get_fields()
        fields["labels"].child_relation.queryset = Label.objects.all()
        return fields


class LabelsView(APIView):
    """The labels of the workspace."""

    @extend_schema(responses=LabelSerializer(many=True), operation_id="labels_list")
    def get(self, request: Request) -> Response:
        """All of them, those in use first."""
        return Response(LabelSerializer(queries.labels(), many=True).data)

    @extend_schema(
        request=NewLabelSerializer,
        responses={201: LabelSerializer},
        operation_id="labels_create",
        parameters=[KEY],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """A new label; 409 `name_taken`."""
        given = NewLabelSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = actions.create_label(by=member_of(request), **given.validated_data)
        return Response(LabelSerializer(made).data, status=201)


class ConversationLabelsView(APIView):
    """The labels of a conversation."""

    @extend_schema(
        request=ChosenLabelsSerializer,
        responses=LabelSerializer(many=True),
        operation_id="conversation_labels_update",
    )
    def put(self, request: Request, number: int) -> Response:
        """Have exactly these labels on it."""
        by = member_of(request)
        conversation = get_object_or_404(queries.visible_to(by), number=number)
        given = ChosenLabelsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        actions.set_labels(conversation, by=by, **given.validated_data)
        now = queries.label_ids(conversation)
        rows = [label for label in queries.labels() if label.pk in now]
        return Response(LabelSerializer(rows, many=True).data)
