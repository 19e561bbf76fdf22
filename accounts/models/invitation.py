"""An invitation by mail into one workspace."""

from __future__ import annotations

import hashlib
import hmac
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models.member import Member, Role
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class Invitation(WorkspaceOwned):
    """Single use, with an end. The token itself is in no table: it is derived from the
    secret key and `nonce`, and resending draws a new nonce, which ends the older link."""

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=15, choices=Role.choices, default=Role.AGENT)
    department_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    nonce = models.UUIDField(default=uuid.uuid4)
    invited_by = TenantKey(Member, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_due_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("accounts_invitation", "invited_by", target=False),
            models.UniqueConstraint(
                fields=["workspace", "email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="accounts_invitation_open",
            ),
        ]

    @property
    def token(self) -> str:
        """What the mailed link carries: 128 bits, useless without the secret key."""
        message = f"invitation:{self.workspace_id}:{self.nonce}".encode()
        return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()[:32]
