"""Making and changing departments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.events import DepartmentChanged, MemberChanged
from accounts.models import Department, DepartmentMember, Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit


@action
def create_department(*, by: Any, name: str, members: Iterable[Member] = ()) -> Department:
    """A new department. `Refused("name_taken")` if one of this name exists, active or not."""
    by.require("accounts.manage")
    department = Department(name=name.strip())
    _save(department)
    emit(DepartmentChanged(department.pk, ["created"]), audience={"w"}, by=by)
    _seat(department, list(members), by)
    return department


@action
def update_department(
    department: Department, *, by: Any, name: str, members: Iterable[Member]
) -> Department:
    """Rename it and set who works in it; who stays keeps whether he leads."""
    by.require("accounts.manage")
    locked = Department.objects.select_for_update().get(pk=department.pk)
    if locked.name != name.strip():
        locked.name = name.strip()
        _save(locked)
        emit(DepartmentChanged(locked.pk, ["name"]), audience={"w"}, by=by)
    _seat(locked, list(members), by)
    return locked


@action
def retire_department(department: Department, *, by: Any) -> Department:
    """Put it away: it takes no new conversations. `Refused("main_department")` for the main one."""
    by.require("accounts.manage")
    locked = Department.objects.select_for_update().get(pk=department.pk)
    if locked.is_main:
        raise Refused("main_department", _("The main department stays."))
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    emit(DepartmentChanged(locked.pk, ["is_active"]), audience={"w"}, by=by)
    for seat in locked.seats.select_related("member"):
        _tell(seat.member, by)
    return locked


def _save(department: Department) -> None:
    try:
        with transaction.atomic():
            department.save()
    except IntegrityError as error:
        raise Refused("name_taken", _("There is already a department of this name.")) from error


def _seat(department: Department, members: list[Member], by: Any) -> None:
    seats = {seat.member_id: seat for seat in department.seats.select_related("member")}
    wanted = {member.pk: member for member in members}
    gone = [seat for member_id, seat in seats.items() if member_id not in wanted]
    new = [member for member_id, member in wanted.items() if member_id not in seats]
    DepartmentMember.objects.filter(pk__in=[seat.pk for seat in gone]).delete()
    DepartmentMember.objects.bulk_create(
        DepartmentMember(department=department, member=member) for member in new
    )
    for member in [*(seat.member for seat in gone), *new]:
        _tell(member, by)


def _tell(member: Member, by: Any) -> None:
    event = MemberChanged(member.pk, member.is_active, ["departments"])
    emit(event, audience={"w", f"p:{member.pk}"}, by=by)
