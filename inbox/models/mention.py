"""Who was called into a note."""

from __future__ import annotations

from django.db import models

from accounts.models import Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models.conversation import Conversation
from inbox.models.message import Message


class Mention(WorkspaceOwned):
    """A member who is named in a note, himself or by his department; `read_at` is when he
    opened the thread after it."""

    message = TenantKey(Message, related_name="mentions")
    conversation = TenantKey(Conversation, related_name="mentions")
    member = TenantKey(Member, on_delete=models.CASCADE, related_name="mentions")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_mention", "message", "conversation", "member", target=False),
            models.UniqueConstraint(
                fields=["workspace", "message", "member"], name="inbox_mention_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "member", "conversation"], name="inbox_mention_member"
            ),
            models.Index(
                fields=["workspace", "member"],
                condition=models.Q(read_at__isnull=True),
                name="inbox_mention_unread",
            ),
        ]
