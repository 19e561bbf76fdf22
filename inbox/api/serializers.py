"""The shape of conversations and messages in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Department, Member
from contacts.models import Contact
from inbox.models import Channel, Conversation, Message


class ContactSerializer(serializers.ModelSerializer[Contact]):
    """Whom the conversation is with."""

    class Meta:
        model = Contact
        fields = ["id", "name", "phone", "email"]
        read_only_fields = fields


class ChannelSerializer(serializers.ModelSerializer[Channel]):
    """A channel, without its settings and secrets."""

    class Meta:
        model = Channel
        fields = ["id", "kind", "name", "state"]
        read_only_fields = fields


class ConversationSerializer(serializers.ModelSerializer[Conversation]):
    """A conversation; people and departments are ids, times are ISO 8601."""

    contact = ContactSerializer()
    channel = ChannelSerializer()

    class Meta:
        model = Conversation
        fields = [
            "number",
            "status",
            "direction",
            "contact",
            "channel",
            "department",
            "assignee",
            "preview",
            "unread_count",
            "version",
            "opened_at",
            "queued_at",
            "first_assigned_at",
            "first_response_at",
            "last_customer_at",
            "last_agent_at",
            "last_message_at",
            "resolved_at",
            "window_expires_at",
        ]
        read_only_fields = fields


class MessageSerializer(serializers.ModelSerializer[Message]):
    """A message of a thread."""

    class Meta:
        model = Message
        fields = [
            "id",
            "uuid",
            "direction",
            "kind",
            "text",
            "state",
            "client_id",
            "author_member",
            "author_name",
            "sent_at",
            "error_code",
            "error_text",
        ]
        read_only_fields = fields


class NewMessageSerializer(serializers.Serializer[Any]):
    """A reply to the customer, or an internal note."""

    kind = serializers.ChoiceField(choices=["reply", "note"], default="reply")
    text = serializers.CharField(max_length=20_000, trim_whitespace=False)
    client_id = serializers.CharField(max_length=64, required=False, default="")


class TransferSerializer(serializers.Serializer[Any]):
    """To a member, or to the queue of a department; ids of this workspace."""

    member = serializers.PrimaryKeyRelatedField(
        queryset=Member.objects.none(), required=False, allow_null=True, default=None
    )
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.none(), required=False, allow_null=True, default=None
    )
    note = serializers.CharField(max_length=10_000, required=False, default="", allow_blank=True)

    def get_fields(self) -> dict[str, Any]:
        """The related rows are looked up among those of this workspace, at request time."""
        fields: dict[str, Any] = super().get_fields()
        related: dict[str, Any] = {
            "member": Member.objects.filter(is_active=True),
            "department": Department.objects.filter(is_active=True),
        }
        for name, rows in related.items():
            fields[name].queryset = rows
        return fields
