"""Quick replies: texts that are written often, kept under a short word."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class QuickReply(WorkspaceOwned):
    """For everybody; for a department; or, with a `member`, for him alone. `text` may name
    what is filled in when it is used (`inbox.filling`). A file may go along: `file` is its
    key in the storage, '' without one. `language` says in which it is written, '' for any.
    """

    class Language(models.TextChoices):
        ANY = "", _("Any")
        INDONESIAN = "id", "Indonesia"
        ENGLISH = "en", "English"

    shortcut = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2, blank=True, choices=Language.choices)
    department = TenantKey(Department, null=True, blank=True, related_name="+")
    member = TenantKey(Member, null=True, blank=True, related_name="+")
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_size = models.PositiveBigIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    used = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_quickreply", "department", "member"),
            models.UniqueConstraint(
                "workspace",
                Lower("shortcut"),
                "department",
                "member",
                name="inbox_quickreply_shortcut",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(department=None) | models.Q(member=None),
                name="inbox_quickreply_for_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"/{self.shortcut}"
