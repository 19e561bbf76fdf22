"""What was said, noted or done in a conversation."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from contacts.models import Contact
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models.channel import Channel
from inbox.models.conversation import Conversation


class Message(WorkspaceOwned):
    """In the thread's order `(sent_at, id)`: the customer's messages, ours, internal notes,
    and facts (accepted, transferred, resolved: `data` names it and has its particulars).

    An outgoing one is its own job: ``queued`` until a worker claims it, ``sending`` while
    the provider is asked (until `lease_until`), then ``sent`` and further, ``failed``, or
    ``unknown`` when it may have been sent: that is shown, and never sent again by itself.

    `kind` and `data`: see `docs/message-kinds.md`. `reply_to` is the provider's id of the
    message that this one quotes. `reactions`: who reacted to it, ``c:<contact id>`` or ``us``,
    to {emoji, at, by}; an emoji of '' was taken back. `deleted_at`: its author took it back.
    """

    class Direction(models.TextChoices):
        IN = "in", _("Customer")
        OUT = "out", _("Reply")
        NOTE = "note", _("Note")
        FACT = "fact", _("Fact")

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        QUEUED = "queued", _("Waiting to be sent")
        SENDING = "sending", _("Sending")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        READ = "read", _("Read")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("May have been sent")
        DISCARDED = "discarded", _("Discarded")

    uuid = models.UUIDField(default=uuid.uuid4)
    conversation = TenantKey(Conversation, related_name="messages")
    channel = TenantKey(Channel)
    direction = models.CharField(max_length=4, choices=Direction.choices)
    kind = models.CharField(max_length=20, default="text")
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    external_id = models.CharField(max_length=512, null=True, blank=True)
    client_id = models.CharField(max_length=64, null=True, blank=True)
    reply_to = models.CharField(max_length=512, blank=True)
    reactions = models.JSONField(default=dict, blank=True)
    author_member = TenantKey(Member, null=True, blank=True)
    author_contact = TenantKey(Contact, null=True, blank=True)
    author_name = models.CharField(max_length=160, blank=True)
    sent_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    state_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_text = models.CharField(max_length=300, blank=True)
    tsv = models.GeneratedField(
        expression=SearchVector("text", config="helpdesk_search"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints(
                "inbox_message",
                "conversation",
                "channel",
                "author_member",
                "author_contact",
            ),
            models.UniqueConstraint(
                fields=["workspace", "channel", "external_id"], name="inbox_message_external"
            ),
            models.UniqueConstraint(
                fields=["workspace", "conversation", "client_id"], name="inbox_message_client"
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "conversation", "-sent_at", "-id"], name="inbox_message_thread"
            ),
            models.Index(
                fields=["workspace", "due_at"],
                condition=models.Q(state="queued"),
                name="inbox_message_queue",
            ),
            models.Index(
                fields=["workspace", "lease_until"],
                condition=models.Q(state="sending"),
                name="inbox_message_leases",
            ),
            models.Index(fields=["workspace", "uuid"], name="inbox_message_uuid"),
            GinIndex(fields=["workspace", "tsv"], name="inbox_message_search"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.uuid}"


class MessageSearch(models.Model):
    """The view `inbox_message_search_v`: see `contacts.models.ContactSearch`."""

    message = models.OneToOneField(
        Message, on_delete=models.DO_NOTHING, primary_key=True, db_column="id", related_name="+"
    )
    workspace_id = models.BigIntegerField()
    conversation_id = models.BigIntegerField()
    sent_at = models.DateTimeField()
    tsv = SearchVectorField()

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        managed = False
        db_table = "inbox_message_search_v"
