"""What was done with many conversations at once, and what can be taken back."""

from __future__ import annotations

import uuid

from django.db import models

from accounts.models import Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models.conversation import Conversation


class Batch(WorkspaceOwned):
    """One operation on up to a thousand conversations. `parameters` are ids and words, as
    `inbox.actions.batches` reads them. `seen_at`: its result was looked at."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        CANCELLED = "cancelled"

    uuid = models.UUIDField(default=uuid.uuid4)
    by = TenantKey(Member, related_name="+")
    operation = models.CharField(max_length=12)
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0)
    refused = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_batch", "by"),
            models.UniqueConstraint(fields=["workspace", "uuid"], name="inbox_batch_uuid"),
        ]
        indexes = [
            models.Index(fields=["workspace", "by", "-created_at"], name="inbox_batch_of"),
            models.Index(
                fields=["workspace"],
                condition=models.Q(state="waiting"),
                name="inbox_batch_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.uuid}"


class BatchItem(WorkspaceOwned):
    """One conversation of a batch: how it stood when it was chosen (``queued:``, ``handled:7``,
    or blank if that was not said), and how it went. `conversation` is empty where the number
    means nothing to who asked; `receiver` is who got it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        REFUSED = "refused"

    batch = TenantKey(Batch, on_delete=models.CASCADE, related_name="items")
    conversation = TenantKey(
        Conversation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    number = models.PositiveBigIntegerField()
    seen = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    code = models.CharField(max_length=40, blank=True)
    by_name = models.CharField(max_length=120, blank=True)
    receiver = TenantKey(Member, null=True, blank=True, related_name="+")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints(
                "inbox_batchitem", "batch", "conversation", "receiver", target=False
            ),
            models.UniqueConstraint(
                fields=["workspace", "batch", "number"], name="inbox_batchitem_once"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.state}"


class Step(WorkspaceOwned):
    """What a member did with a conversation a moment ago, so that he can take it back: how it
    stood `before`, and its `version` right after."""

    uuid = models.UUIDField(default=uuid.uuid4)
    conversation = TenantKey(Conversation, on_delete=models.CASCADE, related_name="+")
    by = TenantKey(Member, related_name="+")
    batch = TenantKey(Batch, null=True, blank=True, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12)
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_step", "conversation", "by", "batch", target=False),
            models.UniqueConstraint(fields=["workspace", "uuid"], name="inbox_step_uuid"),
        ]
        indexes = [
            models.Index(fields=["workspace", "at"], name="inbox_step_at"),
            models.Index(fields=["workspace", "batch"], name="inbox_step_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.conversation_id}"
