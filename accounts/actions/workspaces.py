"""Founding a workspace."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.events import DepartmentChanged, MemberJoined, WorkspaceFounded
from accounts.models import Department, DepartmentMember, Member, Role, User, Workspace
from helpdesk.errors import Refused
from helpdesk.events import emit
from helpdesk.tenancy import acting_in


def found_workspace(
    *, slug: str, name: str, owner: User, main_department: str, timezone: str = "Asia/Jakarta"
) -> Workspace:
    """Make a workspace with its owner and its main department; opens its own unit.

    The id is drawn first, because row-level security lets a transaction insert only the
    workspace that it is stamped with. `Refused("slug_taken")` if the address is in use.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('accounts_workspace', 'id'))")
        workspace_id = cursor.fetchone()[0]
    workspace = Workspace(id=workspace_id, slug=slug, name=name, timezone=timezone)
    with acting_in(workspace_id):
        try:
            with transaction.atomic():
                workspace.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("slug_taken", _("This address is already in use.")) from error
        _furnish(workspace, owner, main_department)
    return workspace


def _furnish(workspace: Workspace, owner: User, main_department: str) -> None:
    member = Member.objects.create(user=owner, name=str(owner), role=Role.OWNER)
    department = Department.objects.create(name=main_department, is_main=True)
    DepartmentMember.objects.create(department=department, member=member)
    emit(WorkspaceFounded(workspace.pk), audience={"w"}, by=member)
    emit(MemberJoined(member.pk, member.role), audience={"w"}, by=member)
    emit(DepartmentChanged(department.pk, ["created"]), audience={"w"}, by=member)
