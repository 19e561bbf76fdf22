"""One connected account: a WhatsApp number, a mailbox, a widget."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from helpdesk import vault
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


def new_token() -> str:
    """The unguessable part of a channel's webhook address: 192 bits."""
    return secrets.token_urlsafe(24)


class Channel(WorkspaceOwned):
    """`account_id` is the provider's id, by which payloads are routed; `config` are open
    settings and `sealed` the secrets, encrypted: write-only for people. `paused_until`: the
    provider asked us to send nothing before; `quality` is its rating of the account, and
    `templates_at` when its templates were fetched."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Connected")
        RECONNECT = "reconnect", _("Reconnect needed")
        DISCONNECTED = "disconnected", _("Disconnected")

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    token = models.CharField(max_length=40, default=new_token, db_index=True)
    account_id = models.CharField(max_length=80)
    department = TenantKey(Department, null=True, blank=True)
    config = models.JSONField(default=dict)
    sealed = models.TextField(default="", editable=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)
    last_error = models.CharField(max_length=300, blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    quality = models.CharField(max_length=20, blank=True)
    templates_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_channel", "department"),
            models.UniqueConstraint(
                fields=["workspace", "kind", "account_id"],
                condition=~models.Q(state="disconnected"),
                name="inbox_channel_account",
            ),
        ]
        indexes = [models.Index(fields=["kind", "account_id"], name="inbox_channel_by_account")]

    def __str__(self) -> str:
        return self.name

    @property
    def secrets(self) -> dict[str, Any]:
        """The secrets in the clear: for adapters, never for pages, logs or answers."""
        return vault.unseal(self.sealed) if self.sealed else {}

    @property
    def is_active(self) -> bool:
        """Whether it receives and sends now."""
        return self.state == self.State.ACTIVE
