"""Saved views: a filter under a name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class SavedView(WorkspaceOwned):
    """`query` is what stands in the list's address: tab, search and filter. What it shows is
    decided anew for whoever looks."""

    class Sharing(models.TextChoices):
        OWN = "own", _("Only me")
        DEPARTMENT = "department", _("A department")
        ALL = "all", _("Everybody")

    owner = TenantKey(Member, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.OWN)
    department = TenantKey(Department, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_savedview", "owner", "department", target=False),
            models.CheckConstraint(
                condition=~models.Q(sharing="department") | models.Q(department__isnull=False),
                name="inbox_savedview_shared_with",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "sharing", "owner"], name="inbox_view_for")]

    def __str__(self) -> str:
        return self.name
