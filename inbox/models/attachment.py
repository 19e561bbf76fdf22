"""Files of messages: of customers, and of ours before and after they are sent."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models.conversation import Conversation
from inbox.models.draft import Draft
from inbox.models.message import Message


def storage_key(attachment: Attachment, name: str) -> str:
    """Where the bytes lie: nothing that a person has chosen is part of it."""
    return f"attachments/{attachment.workspace_id}/{uuid.uuid4().hex}"


class Attachment(WorkspaceOwned):
    """`message` is None while an upload waits to be sent; `draft` is where it lies until then.
    `content_type` is what the bytes say, `name` what the sender called it. `thumb` and `view`
    are pictures that we made from it, at most 480 and 1600 pixels wide and high; blank where
    there is nothing to see.

    A file of a customer is ``waiting`` until a worker has fetched it (`remote` says where
    it lies, `due_at` when to try), then ``stored``; or ``gone``, with a sentence in `problem`.
    """

    class Kind(models.TextChoices):
        IMAGE = "image", _("Photo")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        DOCUMENT = "document", _("Document")
        STICKER = "sticker", _("Sticker")

    class State(models.TextChoices):
        WAITING = "waiting", _("Being fetched")
        STORED = "stored", _("Stored")
        GONE = "gone", _("Not available")

    uuid = models.UUIDField(default=uuid.uuid4)
    conversation = TenantKey(Conversation, related_name="attachments")
    message = TenantKey(Message, null=True, blank=True, related_name="attachments")
    uploaded_by = TenantKey(Member, null=True, blank=True)
    draft = TenantKey(Draft, null=True, blank=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to=storage_key, max_length=200, blank=True)
    thumb = models.FileField(upload_to=storage_key, max_length=200, blank=True)
    view = models.FileField(upload_to=storage_key, max_length=200, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STORED)
    problem = models.CharField(max_length=300, blank=True)
    remote: Any = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints(
                "inbox_attachment", "conversation", "message", "uploaded_by", "draft"
            ),
            models.UniqueConstraint(fields=["workspace", "uuid"], name="inbox_attachment_uuid"),
        ]
        indexes = [
            models.Index(fields=["workspace", "message"], name="inbox_attachment_message"),
            models.Index(fields=["workspace", "conversation", "-id"], name="inbox_attachment_talk"),
            models.Index(
                fields=["workspace", "draft"],
                condition=models.Q(draft__isnull=False),
                name="inbox_attachment_draft",
            ),
            models.Index(
                fields=["workspace", "due_at"],
                condition=models.Q(state="waiting"),
                name="inbox_attachment_queue",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.kind
