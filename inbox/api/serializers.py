"""The shape of conversations and messages in the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Department, Member
from contacts.models import Contact
from inbox.models import Attachment, Channel, Conversation, Message, MessageTemplate
from inbox.queries.labelling import labelled


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
    labels = serializers.SerializerMethodField()

    def get_labels(self, conversation: Conversation) -> list[int]:
        """Ids of its labels."""
        return [label["id"] for label in labelled(conversation).shown_labels]  # type: ignore[attr-defined]

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
            "labels",
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
            "snoozed_until",
        ]
        read_only_fields = fields


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file; its bytes are at `/attachments/<uuid>/` once it is `stored`."""

    class Meta:
        model = Attachment
        fields = ["uuid", "kind", "name", "content_type", "size", "state", "width", "height"]
        read_only_fields = fields


class MessageSerializer(serializers.ModelSerializer[Message]):
    """A message of a thread; the shapes of `data` are those of `docs/message-kinds.md`."""

    data = serializers.SerializerMethodField()  # type: ignore[assignment]
    attachments = serializers.SerializerMethodField()

    @extend_schema_field(AttachmentSerializer(many=True))
    def get_attachments(self, message: Message) -> Any:
        """Its files; none of a message that its author took back."""
        files = [] if message.deleted_at else message.attachments_list  # type: ignore[attr-defined]
        return AttachmentSerializer(files, many=True).data

    def get_data(self, message: Message) -> dict[str, Any]:
        """Without words that their author took back."""
        if message.deleted_at:
            return {}
        return dict(message.data)

    class Meta:
        model = Message
        fields = [
            "id",
            "uuid",
            "direction",
            "kind",
            "text",
            "data",
            "attachments",
            "state",
            "client_id",
            "external_id",
            "reply_to",
            "reactions",
            "author_member",
            "author_name",
            "sent_at",
            "edited_at",
            "deleted_at",
            "error_code",
            "error_text",
        ]
        read_only_fields = fields


class NewMessageSerializer(serializers.Serializer[Any]):
    """A reply to the customer, or an internal note.

    A reply may be a `type` of its own (`data` as in `docs/message-kinds.md`), carry an
    uploaded `attachment` with `text` as its caption, quote the message with the id `quoting`,
    or be a `template` (its id) with `values` by field key. With `seen`, the id of the last
    message that the sender knows, it is refused (409 `overtaken`) if a colleague has replied
    or the conversation was moved since.
    """

    kind = serializers.ChoiceField(choices=["reply", "note"], default="reply")
    text = serializers.CharField(
        max_length=20_000, trim_whitespace=False, required=False, default="", allow_blank=True
    )
    type = serializers.ChoiceField(choices=["text", "location", "buttons", "list"], default="text")
    data = serializers.DictField(required=False, default=dict)  # type: ignore[assignment]
    attachment = serializers.UUIDField(required=False, allow_null=True, default=None)
    quoting = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    template = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    values = serializers.DictField(
        child=serializers.CharField(max_length=1024), required=False, default=dict
    )
    client_id = serializers.CharField(max_length=64, required=False, default="")
    seen = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A note is text and nothing else."""
        own = ("attachment", "quoting", "template", "data", "values")
        if attrs["kind"] == "note" and any(attrs[name] for name in own):
            raise serializers.ValidationError(_("A note is text and nothing else."))
        return attrs


class ReactionSerializer(serializers.Serializer[Any]):
    """One emoji; blank takes it back."""

    emoji = serializers.CharField(max_length=16, allow_blank=True)


class UploadSerializer(serializers.Serializer[Any]):
    """A file for a reply, as multipart/form-data."""

    file = serializers.FileField()


class TemplateSerializer(serializers.ModelSerializer[MessageTemplate]):
    """A template: its `shape`, the `fields` that need values, and whether it can be sent."""

    class Meta:
        model = MessageTemplate
        fields = [
            "id",
            "name",
            "language",
            "category",
            "status",
            "reason",
            "problem",
            "shape",
            "fields",
        ]
        read_only_fields = fields


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
