"""Departments and who works in them."""

from django.db import models
from django.db.models.functions import Lower

from accounts.models.member import Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class Department(WorkspaceOwned):
    """A team with a queue of its own; the first one made is the main one."""

    name = models.CharField(max_length=80)
    is_main = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("accounts_department"),
            models.UniqueConstraint("workspace", Lower("name"), name="accounts_department_name"),
            models.UniqueConstraint(
                fields=["workspace"],
                condition=models.Q(is_main=True),
                name="accounts_department_one_main",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentMember(WorkspaceOwned):
    """A seat in a department; `leads` gives a supervisor its queue and conversations."""

    department = TenantKey(Department, on_delete=models.CASCADE, related_name="seats")
    member = TenantKey(Member, on_delete=models.CASCADE, related_name="seats")
    leads = models.BooleanField(default=False)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("accounts_seat", "department", "member", target=False),
            models.UniqueConstraint(
                fields=["workspace", "department", "member"], name="accounts_seat_once"
            ),
        ]
        indexes = [models.Index(fields=["workspace", "member"], name="accounts_seat_member")]
