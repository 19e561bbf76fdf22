"""A user in a workspace, with a role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class Role(models.TextChoices):
    """What a member is, chosen at invitation."""

    OWNER = "owner", _("Owner")
    ADMINISTRATOR = "administrator", _("Administrator")
    SUPERVISOR = "supervisor", _("Supervisor")
    AGENT = "agent", _("Agent")
    NON_AGENT = "non_agent", _("Non-Agent")


class Member(WorkspaceOwned):
    """The actor of almost every action. `sees_all` is the switch "Handle (view) all";
    `preferences` holds what differs from the defaults of `accounts.preferences`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    role = models.CharField(max_length=15, choices=Role.choices, default=Role.AGENT)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    sees_all = models.BooleanField(default=False)
    preferences = models.JSONField(default=dict, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("accounts_member"),
            models.UniqueConstraint(fields=["workspace", "user"], name="accounts_member_user"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def administers(self) -> bool:
        """Whether settings of the workspace are his to change."""
        return self.role in (Role.OWNER, Role.ADMINISTRATOR)

    @property
    def steers(self) -> bool:
        """From supervisor upward."""
        return self.administers or self.role == Role.SUPERVISOR

    @property
    def handles_chats(self) -> bool:
        """Whether he has a seat for conversations."""
        return self.role != Role.NON_AGENT

    def may(self, permission: str, subject: Any = None) -> bool:
        """Whether the registered rule of this permission says yes."""
        from accounts.permissions import allowed

        return self.is_active and allowed(self, permission, subject)

    def require(self, permission: str, subject: Any = None) -> None:
        """The first line of every action: `PermissionDenied` (403) unless he may."""
        from accounts.permissions import refuse_unless

        refuse_unless(self.may(permission, subject), permission)


class Supervision(WorkspaceOwned):
    """An agent under a supervisor: the supervisor sees what the agent sees."""

    supervisor = TenantKey(Member, on_delete=models.CASCADE, related_name="supervised")
    agent = TenantKey(Member, on_delete=models.CASCADE, related_name="supervisors")

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("accounts_supervision", "supervisor", "agent", target=False),
            models.UniqueConstraint(
                fields=["workspace", "supervisor", "agent"], name="accounts_supervision_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(supervisor=models.F("agent")),
                name="accounts_supervision_not_self",
            ),
        ]
