"""Answers already given to requests that carried an idempotency key."""

from django.db import models

from accounts.models.member import Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class IdempotencyKey(WorkspaceOwned):
    """Written in the same transaction as what the request did: a second request with the
    key waits for the first at the unique index, then reads its answer. Kept 48 hours."""

    member = TenantKey(Member, on_delete=models.CASCADE)
    key = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("accounts_idempotency", "member", target=False),
            models.UniqueConstraint(
                fields=["workspace", "member", "key"], name="accounts_idempotency_once"
            ),
        ]
