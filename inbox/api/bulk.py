"""Many conversations at once over HTTP, and how it went with each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.idempotency import idempotent
from accounts.models import Department, Member
from accounts.requests import member_of
from inbox import actions, queries
from inbox.actions.batches import MOST_ITEMS, OPERATIONS
from inbox.api.related import FewRows
from inbox.api.views import KEY
from inbox.models import Batch, BatchItem, Label
from inbox.screens.batches import why


class BatchItemSerializer(serializers.ModelSerializer[BatchItem]):
    """One conversation: `state` is ``waiting``, ``done`` or ``refused``, with `code` (stable)
    and `reason` (for people); `receiver` is the member who got it."""

    reason = serializers.SerializerMethodField()

    class Meta:
        model = BatchItem
        fields = ["number", "state", "code", "reason", "receiver"]
        read_only_fields = fields

    def get_reason(self, item: BatchItem) -> str:
        """Why it was refused; blank otherwise."""
        return why(item) if item.state == BatchItem.State.REFUSED else ""


class BatchSerializer(serializers.ModelSerializer[Batch]):
    """An operation on many conversations: `waiting` until all of them were tried."""

    items = serializers.SerializerMethodField()

    class Meta:
        model = Batch
        fields = ["uuid", "operation", "state", "total", "done", "refused", "items"]
        read_only_fields = fields

    def get_items(self, batch: Batch) -> Any:
        """One entry for each conversation, by number."""
        return BatchItemSerializer(batch.items.order_by("number"), many=True).data


def _one_of(model: Any) -> Any:
    return serializers.PrimaryKeyRelatedField(queryset=model.objects.none())


class NewBatchSerializer(serializers.Serializer[Any]):
    """What to do with which conversations. `transfer` takes `members` (who share evenly) or a
    `department`, `label` takes labels to `add` and to `remove`, `snooze` takes `until`."""

    operation = serializers.ChoiceField(choices=OPERATIONS)
    conversations = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        min_length=1,
        max_length=MOST_ITEMS,
    )
    members = FewRows(child_relation=_one_of(Member), default=list)
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.none(), allow_null=True, default=None
    )
    note = serializers.CharField(max_length=2000, default="", allow_blank=True)
    add = FewRows(child_relation=_one_of(Label), default=list)
    remove = FewRows(child_relation=_one_of(Label), default=list)

    until = serializers.DateTimeField(allow_null=True, default=None)

    def get_fields(self) -> dict[str, Any]:
        """Looked up among the rows of this workspace, at request time."""
        fields: dict[str, Any] = super().get_fields()
        fields["members"].child_relation.queryset = Member.objects.filter(is_active=True)
        fields["department"].queryset = Department.objects.filter(is_active=True)
        fields["add"].child_relation.queryset = Label.objects.all()
        fields["remove"].child_relation.queryset = Label.objects.all()
        return fields


class BulkView(APIView):
    """Operations on many conversations."""

    @extend_schema(
        request=NewBatchSerializer,
        responses={201: BatchSerializer},
        operation_id="bulk_create",
        parameters=[KEY],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Do it; up to 50 at once, more in the background."""
        given = NewBatchSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = dict(given.validated_data)
        items = [(number, "") for number in asked.pop("conversations")]
        batch = actions.start_batch(by=member_of(request), items=items, **asked)
        return Response(BatchSerializer(batch).data, status=201)


class BatchView(APIView):
    """One of one's own."""

    @extend_schema(responses=BatchSerializer, operation_id="batch")
    def get(self, request: Request, uuid: UUID) -> Response:
        """How it goes, or went."""
        batch = get_object_or_404(queries.own_batches(member_of(request)), uuid=uuid)
        return Response(BatchSerializer(batch).data)

    @extend_schema(responses=BatchSerializer, operation_id="batch_delete")
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Cancel what was not done yet."""
        by = member_of(request)
        batch = get_object_or_404(queries.own_batches(by), uuid=uuid)
        return Response(BatchSerializer(actions.cancel_batch(batch, by=by)).data)
