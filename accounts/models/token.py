"""API tokens: a program that acts as a member."""

from django.db import models

from accounts.models.member import Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class ApiToken(WorkspaceOwned):
    """Only the SHA-256 of the token is kept; `hint` are its last four characters."""

    member = TenantKey(Member, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, db_index=True)
    hint = models.CharField(max_length=4)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = tenant_constraints("accounts_apitoken", "member", target=False)
