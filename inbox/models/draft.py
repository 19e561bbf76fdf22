"""Words that a member has written and not sent."""

from __future__ import annotations

from django.db import models

from accounts.models import Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models.conversation import Conversation
from inbox.models.message import Message


class Draft(WorkspaceOwned):
    """One for each member, conversation and kind. It is emptied, never deleted: the row that
    stays remembers by its `version` that words were sent or thrown away, so that a save
    which comes late cannot bring them back.

    `writer` is the page that saved last and `step` its own count of saves: a page whose
    saves overtake each other is understood, another page must know the `version` first.
    `seen` is the last message of the thread that was known when the words were begun.
    """

    class Kind(models.TextChoices):
        REPLY = "reply", "reply"
        NOTE = "note", "note"

    member = TenantKey(Member, on_delete=models.CASCADE, related_name="drafts")
    conversation = TenantKey(Conversation, related_name="drafts")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    text = models.TextField(blank=True)
    quoting = TenantKey(Message, null=True, blank=True, related_name="+")
    seen = models.BigIntegerField(default=0)
    is_filled = models.BooleanField(default=False)
    version = models.PositiveBigIntegerField(default=0)
    writer = models.CharField(max_length=32, blank=True)
    step = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_draft", "member", "conversation", "quoting"),
            models.UniqueConstraint(
                fields=["workspace", "member", "conversation", "kind"], name="inbox_draft_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "member"],
                condition=models.Q(is_filled=True),
                name="inbox_draft_filled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
