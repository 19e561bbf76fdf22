"""A workspace: one tenant."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.tenancy.constraints import WorkspacePolicy

ZONES = [
    ("Asia/Jakarta", _("Western Indonesia (WIB)")),
    ("Asia/Makassar", _("Central Indonesia (WITA)")),
    ("Asia/Jayapura", _("Eastern Indonesia (WIT)")),
    ("Asia/Singapore", _("Singapore")),
    ("UTC", _("Universal time (UTC)")),
]


class Workspace(models.Model):
    """The tenant itself; under row-level security a transaction sees its own row only."""

    slug = models.SlugField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$")],
    )
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=40, choices=ZONES, default="Asia/Jakarta")
    language = models.CharField(max_length=5, default="id")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [WorkspacePolicy(name="accounts_workspace_own", column="id")]

    def __str__(self) -> str:
        return self.name
