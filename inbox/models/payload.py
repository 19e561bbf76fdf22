"""What providers posted, as it came: stored before it is understood."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models.channel import Channel


class InboundPayload(WorkspaceOwned):
    """One part of a provider's POST, for one channel. The same part posted again is the
    same row (`digest`). What cannot be parsed is parked: visible, and replayable."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Waiting")
        PROCESSED = "processed", _("Processed")
        PARKED = "parked", _("Parked")

    channel = TenantKey(Channel)
    digest = models.BinaryField(max_length=32)
    body = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    error = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_payload", "channel", target=False),
            models.UniqueConstraint(
                fields=["workspace", "channel", "digest"], name="inbox_payload_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "due_at", "id"],
                condition=models.Q(state="received"),
                name="inbox_payload_queue",
            ),
            models.Index(
                fields=["workspace", "channel", "-id"],
                condition=models.Q(state="parked"),
                name="inbox_payload_parked",
            ),
        ]

    @property
    def text(self) -> str:
        """The body for people."""
        return bytes(self.body).decode("utf-8", "replace")


class StrayPayload(models.Model):
    """A signed payload for an account that no workspace has connected: outside the
    tenants, for the operator, so that nothing a provider says is dropped unseen."""

    kind = models.CharField(max_length=20)
    account_id = models.CharField(max_length=80, blank=True)
    body = models.BinaryField()
    received_at = models.DateTimeField(auto_now_add=True)
