"""Message templates, as a provider has approved them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models.channel import Channel


class MessageTemplate(WorkspaceOwned):
    """See `inbox.channels.Template` for `shape` and `fields` ([{key, example}]). One that the
    provider no longer has is removed; what was sent with it keeps its words."""

    class Status(models.TextChoices):
        APPROVED = "approved", _("Approved")
        PENDING = "pending", _("In review")
        REJECTED = "rejected", _("Rejected")
        PAUSED = "paused", _("Paused")
        DISABLED = "disabled", _("Disabled")

    channel = TenantKey(Channel, related_name="templates")
    external_id = models.CharField(max_length=80)
    name = models.CharField(max_length=512)
    language = models.CharField(max_length=20)
    category = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    reason = models.CharField(max_length=300, blank=True)
    quality = models.CharField(max_length=20, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    shape: Any = models.JSONField(default=dict)
    fields: Any = models.JSONField(default=list)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_template", "channel"),
            models.UniqueConstraint(
                fields=["workspace", "channel", "name", "language"], name="inbox_template_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    @property
    def is_sendable(self) -> bool:
        """Whether it can be sent now; `queries.sendable_templates` is the same as a filter."""
        return self.status == self.Status.APPROVED and not self.problem
