"""What is known of a conversation's customer, over HTTP: the rules of the details panel."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import member_of
from contacts.models import Contact
from inbox import actions
from inbox.api.views import conversation_of
from inbox.forms.details import ContactForm, DetailForm


class WholeContactSerializer(serializers.ModelSerializer[Contact]):
    """The contact; `details` are rows of `label` and `value` that members add."""

    details = serializers.JSONField(read_only=True)

    class Meta:
        model = Contact
        fields = ["id", *Contact.EDITABLE, "details"]
        read_only_fields = fields


class ChangedContactSerializer(serializers.Serializer[Any]):
    """One field: `name`, `phone`, `email`, `organization`, `address` or `note`; its new
    `value`, and what it said when it was read (`was`)."""

    field = serializers.ChoiceField(choices=Contact.EDITABLE)
    value = serializers.CharField(max_length=5000, allow_blank=True)
    was = serializers.CharField(
        max_length=5000, allow_blank=True, trim_whitespace=False, default=""
    )


class DetailSerializer(serializers.Serializer[Any]):
    """A row of additional information, and the row as it was read: without `was_label` a new
    one is made, with a blank `label` the row goes."""

    label = serializers.CharField(max_length=60, allow_blank=True)  # type: ignore[assignment]
    value = serializers.CharField(max_length=1000, allow_blank=True, default="")
    was_label = serializers.CharField(max_length=60, allow_blank=True, default="")
    was_value = serializers.CharField(max_length=1000, allow_blank=True, default="")


class ContactView(APIView):
    """The customer of a conversation."""

    @extend_schema(responses=WholeContactSerializer, operation_id="conversation_contact")
    def get(self, request: Request, number: int) -> Response:
        """As it is now."""
        return Response(WholeContactSerializer(conversation_of(request, number).contact).data)

    @extend_schema(
        request=ChangedContactSerializer,
        responses=WholeContactSerializer,
        operation_id="contact_update",
    )
    def patch(self, request: Request, number: int) -> Response:
        """Change one field; 409 `contact_changed` with `current` if it says something else."""
        conversation = conversation_of(request, number)
        wish = _valid(ChangedContactSerializer, ContactForm, request).cleaned_data
        changed = actions.edit_contact(conversation, by=member_of(request), **wish)
        return Response(WholeContactSerializer(changed).data)


class ContactDetailsView(APIView):
    """Additional information about the customer."""

    @extend_schema(
        request=DetailSerializer,
        responses=WholeContactSerializer,
        operation_id="contact_detail_update",
    )
    def put(self, request: Request, number: int) -> Response:
        """Add, change or remove a row; 409 `contact_changed`, `detail_taken`,
        `too_many_details`."""
        conversation = conversation_of(request, number)
        wish = _valid(DetailSerializer, DetailForm, request).wish()
        changed = actions.set_contact_detail(conversation, by=member_of(request), **wish)
        return Response(WholeContactSerializer(changed).data)


def _valid(shape: Any, form: Any, request: Request) -> Any:
    """The form of the page, filled and right; else 400 by field."""
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    filled = form(given.validated_data)
    if not filled.is_valid():
        raise serializers.ValidationError(filled.errors)
    return filled
