"""The tables of activity."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Member
from helpdesk.tenancy.constraints import WorkspacePolicy, tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class FeedCounter(models.Model):
    """The workspace's last sequence number: a row, since a sequence leaves gaps in what
    readers see (a number is drawn before its row is visible)."""

    workspace = models.OneToOneField(
        "accounts.Workspace", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [WorkspacePolicy(name="activity_feedcounter_workspace")]


class LedgerEntry(WorkspaceOwned):
    """One event that happened. The app login may read and add, never change or remove.

    `seq` has no gaps within a workspace. `audience` and `lost` are tags of
    `accounts.access`. The actor is a member, or whoever `actor_name` says.
    """

    app_may = "select, insert"  # for `manage.py provision`

    seq = models.BigIntegerField()
    uuid = models.UUIDField(default=uuid.uuid4)
    name = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    member = TenantKey(Member, null=True, on_delete=models.DO_NOTHING)
    actor_name = models.CharField(max_length=120, blank=True)
    audience = ArrayField(models.CharField(max_length=40), default=list)
    lost = ArrayField(models.CharField(max_length=40), default=list)
    at = models.DateTimeField()

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("activity_ledger", "member", target=False, append_only=True),
            models.UniqueConstraint(fields=["workspace", "seq"], name="activity_ledger_seq"),
        ]
        indexes = [
            # For the history of a channel: few rows among very many.
            models.Index(
                fields=["workspace", "-seq"],
                condition=models.Q(name="channel.changed"),
                name="activity_ledger_channels",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.name}"
