"""What the live process reads from PostgreSQL: plain functions, run in threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils import timezone

from accounts.queries import access_of, acting_member, membership_in
from activity import queries
from activity.live.render import Prepared, prepare
from helpdesk.links import workspace_prefix
from helpdesk.tenancy import acting_in

BATCH = 200
sessions = import_module(settings.SESSION_ENGINE)


class NotSignedIn(Exception):
    """No session, or it has ended: 4401."""


class NoWorkspace(Exception):
    """No such workspace, or none of the person's: 4404."""


@dataclass(frozen=True)
class Seat:
    """Who listens: ids, tags and language."""

    workspace_id: int
    slug: str
    timezone: str
    member_id: int
    tags: frozenset[str]
    language: str
    as_of: int = 0  # how far the feed reached when the tags were read


@dataclass(frozen=True)
class Batch:
    """The next events of a workspace, and how far it was read."""

    seq: int
    prepared: list[Prepared] = field(default_factory=list)
    full: bool = False


def seat_for(session_key: str, slug: str, language: str) -> Seat:
    """The member behind a session cookie in a workspace; the same door as for pages."""
    request = HttpRequest()
    request.session = sessions.SessionStore(session_key or None)
    user = get_user(request)
    if not user.is_authenticated:
        raise NotSignedIn
    membership = membership_in(slug, user.pk)
    if membership is None:
        raise NoWorkspace
    with acting_in(membership.workspace_id):
        as_of = queries.cursor()
        member = acting_member(membership.member_id)
        tags = access_of(member).tags
    known = {code for code, _name in settings.LANGUAGES}
    chosen = language if language in known else settings.LANGUAGE_CODE
    zone = member.workspace.timezone
    return Seat(member.workspace_id, slug, zone, member.pk, tags, chosen, as_of)


def latest(workspace_id: int) -> int:
    """How far the feed reaches now."""
    with acting_in(workspace_id):
        return queries.cursor()


def is_outdated(seat: Seat) -> bool:
    """Whether the member's reach has changed since his tags were read."""
    with acting_in(seat.workspace_id):
        return queries.member_changed_after(seat.as_of, seat.member_id)


def read(seat: Seat, after: int, languages: frozenset[str]) -> Batch:
    """The next events after `after`, rendered. `seat` gives workspace, prefix and zone."""
    with (
        acting_in(seat.workspace_id, prefix=workspace_prefix(seat.slug)),
        timezone.override(seat.timezone),
    ):
        entries = list(queries.entries_after(after, BATCH))
        prepared = prepare(entries, sorted(languages))
    seq = entries[-1].seq if entries else after
    return Batch(seq, prepared, full=len(entries) == BATCH)
