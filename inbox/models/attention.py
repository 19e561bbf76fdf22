"""Mails about what calls for a member's attention, and how far the ledger was read for them."""

from __future__ import annotations

from django.db import models

from accounts.models import Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class AttentionReading(WorkspaceOwned):
    """One row per workspace: the ledger was read up to `seq` at `read_at`."""

    seq = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_attentionreading", target=False),
            models.UniqueConstraint(fields=["workspace"], name="inbox_attentionreading_once"),
        ]


class AttentionMail(WorkspaceOwned):
    """A mail to one member about several things: `items` are ``{"activity", "conversation"}``,
    ids only. Not sent yet while `due_at` is set."""

    member = TenantKey(Member, on_delete=models.CASCADE, related_name="+")
    items = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = tenant_constraints("inbox_attentionmail", "member", target=False)
        indexes = [
            models.Index(
                fields=["workspace", "member", "-created_at"], name="inbox_attentionmail_of"
            ),
            models.Index(
                fields=["workspace", "due_at"],
                condition=models.Q(due_at__isnull=False),
                name="inbox_attentionmail_due",
            ),
        ]
