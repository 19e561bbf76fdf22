"""The shape of a contact in the API, and of what may be changed of it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from contacts.models import Contact


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


def valid(shape: Any, form: Any, request: Request) -> Any:
    """The form of the page, filled and right; else 400 by field."""
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    filled = form(given.validated_data)
    if not filled.is_valid():
        raise serializers.ValidationError(filled.errors)
    return filled
