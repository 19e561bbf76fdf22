"""What is known of a conversation's customer, over HTTP: the rules of the details panel."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import member_of
from inbox import actions
from inbox.api.contact_serializers import (
    ChangedContactSerializer,
    DetailSerializer,
    WholeContactSerializer,
    valid,
)
from inbox.api.views import conversation_of
from inbox.forms.details import ContactForm, DetailForm


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
        wish = valid(ChangedContactSerializer, ContactForm, request).cleaned_data
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
        wish = valid(DetailSerializer, DetailForm, request).wish()
        changed = actions.set_contact_detail(conversation, by=member_of(request), **wish)
        return Response(WholeContactSerializer(changed).data)
