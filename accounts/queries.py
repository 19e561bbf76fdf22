"""What may be read of accounts, and the few doors that look across workspaces."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.access import Access
from accounts.models import (
    ApiToken,
    Department,
    DepartmentMember,
    Invitation,
    Member,
    Role,
    Supervision,
)
from helpdesk.prepared import prepared


@dataclass(frozen=True)
class Membership:
    """Ids only: what a look-up across workspaces may return."""

    workspace_id: int
    member_id: int


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def membership_in(slug: str, user_id: int) -> Membership | None:
    """The active membership of a user in the workspace with this slug."""
    rows = _rows("SELECT * FROM hd_membership(%s, %s)", [slug, user_id])
    return Membership(*rows[0]) if rows else None


def memberships_of(user_id: int) -> list[Membership]:
    """All active memberships of a user, for the workspace switcher."""
    rows = _rows("SELECT * FROM hd_memberships_of(%s)", [user_id])
    return [Membership(*row) for row in rows]


def workspace_id_by_slug(slug: str) -> int | None:
    """For doors that open before anyone is signed in (invitations)."""
    found: int | None = _rows("SELECT hd_workspace_by_slug(%s)", [slug])[0][0]
    return found


def membership_by_token(token: str) -> Membership | None:
    """Whom an API token acts as; None if it is unknown, revoked or its member left."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    rows = _rows("SELECT * FROM hd_api_token(%s)", [digest])
    return Membership(*rows[0]) if rows else None


def all_workspace_ids() -> list[int]:
    """Every workspace, for periodic work."""
    return [row[0] for row in _rows("SELECT hd_workspaces()", [])]


def acting_member(member_id: int, user: Any = None) -> Member:
    """The member of a request, with workspace and user, who may be known already."""
    found = _acting(member_id, with_user=not user)
    if not found:
        raise Member.DoesNotExist
    if user:
        found[0].user = user
    return found[0]


@prepared
def _acting(member_id: Any, *, with_user: bool) -> QuerySet[Member]:
    rows = Member.objects.select_related("workspace", *(["user"] if with_user else []))
    return rows.filter(pk=member_id, is_active=True)


def access_of(member: Member) -> Access:
    """A member's reach: two queries, remembered on the instance for the request."""
    known: Access | None = getattr(member, "_access", None)
    if known is None:
        known = _read_access(member)
        member._access = known  # type: ignore[attr-defined]
    return known


def accesses(members: Collection[Member]) -> dict[int, Access]:
    """The reach of many members by their id: two queries for all of them."""
    seats: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    rows = DepartmentMember.objects.filter(member__in=members, department__is_active=True)
    for member_id, department, leads in rows.values_list("member_id", "department_id", "leads"):
        seats[member_id].append((department, leads))
    under: dict[int, list[int]] = defaultdict(list)
    pairs = Supervision.objects.filter(supervisor__in=members)
    for supervisor, agent in pairs.values_list("supervisor_id", "agent_id"):
        under[supervisor].append(agent)
    return {row.pk: _reach(row, seats[row.pk], under[row.pk]) for row in members}


def _read_access(member: Member) -> Access:
    if _sees_all(member) or not member.handles_chats:
        return _reach(member)
    seats = DepartmentMember.objects.filter(member=member, department__is_active=True)
    leads = member.role == Role.SUPERVISOR
    under = Supervision.objects.filter(supervisor=member) if leads else Supervision.objects.none()
    rows = list(seats.values_list("department_id", "leads"))
    return _reach(member, rows, under.values_list("agent_id", flat=True))


def _sees_all(member: Member) -> bool:
    return member.administers or (member.sees_all and member.handles_chats)


def _reach(
    member: Member, rows: Collection[tuple[int, bool]] = (), under: Iterable[int] = ()
) -> Access:
    """From the seats (department, leads) and the agents under him, as they are stored."""
    sees_all = _sees_all(member)
    if sees_all or not member.handles_chats:
        return Access(member.pk, sees_all, member.handles_chats)
    leads = member.role == Role.SUPERVISOR
    return Access(
        member.pk,
        sees_all=False,
        handles_chats=True,
        departments=frozenset(department for department, _ in rows),
        led=frozenset(department for department, heads in rows if heads and leads),
        supervised=frozenset(under) if leads else frozenset(),
    )


def members() -> QuerySet[Member]:
    """All members with their departments, by name: one list for people and programs."""
    seats = DepartmentMember.objects.select_related("department").order_by("department__name")
    supervised = Supervision.objects.select_related("agent")
    return (
        Member.objects.select_related("user")
        .prefetch_related(Prefetch("seats", seats), Prefetch("supervised", supervised))
        .order_by("-is_active", "name", "id")
    )


def agents() -> QuerySet[Member]:
    """The active members who may have conversations, by name: `handles_chats` as a filter."""
    active = Member.objects.filter(is_active=True)
    return active.exclude(role=Role.NON_AGENT).order_by("name", "id")


def departments() -> QuerySet[Department]:
    """Active departments with their seats, the main one first."""
    seats = DepartmentMember.objects.select_related("member").order_by("member__name")
    return (
        Department.objects.filter(is_active=True)
        .prefetch_related(Prefetch("seats", seats))
        .order_by("-is_main", "name")
    )


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that were neither accepted nor revoked, the newest first."""
    return Invitation.objects.filter(accepted_at=None, revoked_at=None).order_by("-created_at")


def invitation_by_token(token: str) -> Invitation | None:
    """The usable invitation behind a mailed token, within the current workspace only."""
    if len(token) != 32:
        return None
    usable = open_invitations().filter(expires_at__gt=timezone.now())
    return next(
        (invitation for invitation in usable if constant_time_compare(invitation.token, token)),
        None,
    )


def tokens_of(member: Member) -> QuerySet[ApiToken]:
    """A member's own API tokens that still work."""
    return ApiToken.objects.filter(member=member, revoked_at=None).order_by("-created_at")
