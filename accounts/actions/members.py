"""Changing who a member is and what he reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.events import MemberChanged
from accounts.models import Department, DepartmentMember, Member, Role, Supervision
from helpdesk.errors import Refused
from helpdesk.events import action, emit


@action
def change_member(
    member: Member,
    *,
    by: Any,
    role: str | None = None,
    sees_all: bool | None = None,
    departments: Iterable[Department] | None = None,
    led: Iterable[Department] = (),
    supervised: Iterable[Member] | None = None,
) -> Member:
    """Change what is given and leave the rest. His sockets close, and reopen with the new reach.

    `Refused("last_owner")` if nobody would own the workspace any more.
    """
    by.require("accounts.manage")
    locked = Member.objects.select_for_update().get(pk=member.pk)
    changed: list[str] = []
    if role is not None and role != locked.role:
        by.require("accounts.appoint", role)
        by.require("accounts.appoint", locked.role)
        _keep_an_owner(locked)
        locked.role = role
        changed.append("role")
    if sees_all is not None and sees_all != locked.sees_all:
        locked.sees_all = sees_all
        changed.append("sees_all")
    locked.save(update_fields=["role", "sees_all"])
    if departments is not None and _seat(locked, list(departments), set(led)):
        changed.append("departments")
    if supervised is not None and _put_under(locked, list(supervised)):
        changed.append("supervised")
    if changed:
        _announce(locked, changed, by)
    return locked


@action
def deactivate_member(member: Member, *, by: Any) -> Member:
    """End his access at once: pages, sockets and API tokens. Nothing of his is deleted."""
    by.require("accounts.manage")
    locked = Member.objects.select_for_update().get(pk=member.pk)
    by.require("accounts.appoint", locked.role)
    if not locked.is_active:
        return locked
    _keep_an_owner(locked)
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    _announce(locked, ["is_active"], by)
    return locked


@action
def reactivate_member(member: Member, *, by: Any) -> Member:
    """Let a deactivated member in again, as he was."""
    by.require("accounts.manage")
    locked = Member.objects.select_for_update().get(pk=member.pk)
    by.require("accounts.appoint", locked.role)
    if not locked.is_active:
        locked.is_active = True
        locked.save(update_fields=["is_active"])
        _announce(locked, ["is_active"], by)
    return locked


def _keep_an_owner(leaving: Member) -> None:
    """Locks all owners in id order, so that two cannot leave at the same time."""
    owners = Member.objects.select_for_update().filter(role=Role.OWNER, is_active=True)
    remaining = [owner for owner in owners.order_by("id") if owner.pk != leaving.pk]
    if leaving.role == Role.OWNER and leaving.is_active and not remaining:
        raise Refused("last_owner", _("A workspace needs an owner: appoint another one first."))


def _seat(member: Member, departments: list[Department], led: set[Department]) -> bool:
    current = DepartmentMember.objects.filter(member=member)
    before = set(current.values_list("department_id", "leads"))
    wanted = {(department.pk, department in led) for department in departments}
    _replace(current, before, wanted)
    DepartmentMember.objects.bulk_create(
        DepartmentMember(department_id=department, member=member, leads=leads)
        for department, leads in sorted(wanted)
        if before != wanted
    )
    return before != wanted


def _put_under(supervisor: Member, agents: list[Member]) -> bool:
    current = Supervision.objects.filter(supervisor=supervisor)
    before = {(agent,) for agent in current.values_list("agent_id", flat=True)}
    wanted = {(agent.pk,) for agent in agents if agent.pk != supervisor.pk}
    _replace(current, before, wanted)
    Supervision.objects.bulk_create(
        Supervision(supervisor=supervisor, agent_id=agent)
        for (agent,) in sorted(wanted)
        if before != wanted
    )
    return before != wanted


def _replace(current: QuerySet[Any, Model], before: set[Any], wanted: set[Any]) -> None:
    if before != wanted:
        current.delete()


def _announce(member: Member, changed: list[str], by: Any) -> None:
    event = MemberChanged(member.pk, member.is_active, changed)
    emit(event, audience={"w", f"p:{member.pk}"}, by=by)
