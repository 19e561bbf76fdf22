"""One session with a contact on a channel."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Member
from contacts.models import Contact, ContactIdentity
from helpdesk.tenancy.constraints import WorkspacePolicy, tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models.channel import Channel


class Conversation(WorkspaceOwned):
    """Stored states only; *expired* and *abandoned* are filters over the times kept here.

    `number` is what people and URLs call it. `version` grows with every change that a
    reply should take notice of. `previous` is the conversation that this one continues.
    `snoozed_until` is set while it is put aside; it stays handled, and lists of open work leave
    it out. `referral` is the advertisement that led to it (see `docs/message-kinds.md`).
    """

    class Status(models.TextChoices):
        BOT = "bot", _("Bot")
        QUEUED = "queued", _("Open")
        HANDLED = "handled", _("Handled")
        RESOLVED = "resolved", _("Resolved")

    class Direction(models.TextChoices):
        INBOX = "inbox", _("Inbox")
        OUTBOX = "outbox", _("Outbox")

    number = models.PositiveBigIntegerField()
    channel = TenantKey(Channel)
    contact = TenantKey(Contact)
    identity = TenantKey(ContactIdentity)
    department = TenantKey(Department, null=True, blank=True)
    assignee = TenantKey(Member, null=True, blank=True, related_name="assigned")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    direction = models.CharField(max_length=6, choices=Direction.choices, default=Direction.INBOX)
    previous = TenantKey("self", null=True, blank=True, related_name="continued_by")
    opened_at = models.DateTimeField()
    window_expires_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    first_assigned_at = models.DateTimeField(null=True, blank=True)
    first_response_at = models.DateTimeField(null=True, blank=True)
    last_customer_at = models.DateTimeField(null=True, blank=True)
    last_agent_at = models.DateTimeField(null=True, blank=True)
    last_message_at = models.DateTimeField()
    preview = models.CharField(max_length=140, blank=True)
    unread_count = models.PositiveIntegerField(default=0)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = TenantKey(Member, null=True, blank=True, related_name="+")
    last_handling_agent = TenantKey(Member, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    due_kind = models.CharField(max_length=20, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    referral = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints(
                "inbox_conversation",
                "channel",
                "contact",
                "identity",
                "department",
                "assignee",
                "previous",
                "resolved_by",
                "last_handling_agent",
            ),
            models.UniqueConstraint(fields=["workspace", "number"], name="inbox_number"),
            models.UniqueConstraint(
                fields=["workspace", "channel", "contact"],
                condition=~models.Q(status="resolved"),
                name="inbox_one_open_conversation",
            ),
            models.CheckConstraint(
                condition=models.Q(status="handled", assignee__isnull=False)
                | models.Q(status="resolved")
                | models.Q(status__in=["bot", "queued"], assignee__isnull=True),
                name="inbox_assignee_fits_status",
            ),
            models.CheckConstraint(
                condition=models.Q(snoozed_until__isnull=True) | models.Q(status="handled"),
                name="inbox_snoozed_is_handled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "status", "-last_message_at", "-id"], name="inbox_by_status"
            ),
            models.Index(
                fields=["workspace", "-last_message_at", "-id"],
                condition=~models.Q(status="resolved"),
                name="inbox_open_by_time",
            ),
            models.Index(
                fields=["workspace", "assignee", "status", "-last_message_at"],
                name="inbox_by_assignee",
            ),
            models.Index(
                fields=["workspace", "department", "status", "-last_message_at"],
                name="inbox_by_department",
            ),
            models.Index(fields=["workspace", "contact", "-opened_at"], name="inbox_by_contact"),
            models.Index(
                fields=["workspace", "snoozed_until"],
                condition=models.Q(snoozed_until__isnull=False),
                name="inbox_snoozed",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def is_resolved(self) -> bool:
        """Whether it has ended."""
        return self.status == self.Status.RESOLVED

    def is_expired(self, now: datetime) -> bool:
        """Whether its channel's reply window has closed."""
        return self.window_expires_at is not None and self.window_expires_at < now


class NumberCounter(models.Model):
    """The last conversation number of a workspace."""

    workspace = models.OneToOneField(
        "accounts.Workspace", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [WorkspacePolicy(name="inbox_numbercounter_workspace")]
