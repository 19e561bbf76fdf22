"""The filter as people see it: what is chosen, in words, and what may be chosen."""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from inbox import queries
from inbox.forms.filters import ConversationFilter
from inbox.forms.lists import found_by, kept_listing
from inbox.models import Conversation, SavedView
from inbox.queries.filtering import ME, NOBODY
from inbox.templatetags.times import exactly

MOST_VIEWS, MOST_SHOWN = 20, 99
PATIENCE = 0.3  # seconds that the sizes of all views may take
NAMED = ("channel", "department", "assignee", "label")


def address(view: str, q: str = "", query: str = "", **more: Any) -> str:
    """The list's address for a tab, a search and a filter."""
    own = urlencode({"view": view, **({"q": q} if q else {}), **more})
    return f"{reverse('inbox:list')}?{own}{'&' if query else ''}{query}"


def chips(wish: dict[str, Any]) -> list[dict[str, str]]:
    """What is chosen: a word for each, and the address without it."""
    found: ConversationFilter = wish["filter"]
    pairs = parse_qsl(found.query)
    names = {kind: _names(kind, found) for kind in NAMED}
    made = []
    for name, value in pairs:
        if name in ("until", "daily") and "since" in found.given:
            continue
        gone = {"since", "until", "daily"} if name in ("since", "until") else set()
        left = [pair for pair in pairs if pair != (name, value) and pair[0] not in gone]
        words = names[name].get(value, "?") if name in names else _words(name, found, value)
        without = address(wish["view"], wish["q"], urlencode(left))
        made.append({"text": words, "without": without, "kind": name})
    return made


def _names(kind: str, found: ConversationFilter) -> dict[str, str]:
    values = found.given.get(kind, [])
    ids = [int(value) for value in values if value.isdecimal()]
    known = {str(pk): name for pk, name in queries.names_of(kind, ids).items()}
    special = {ME: _("Mine"), NOBODY: _("Unassigned")} if kind == "assignee" else {}
    return {**known, **special}


def _words(name: str, found: ConversationFilter, value: str) -> str:
    if name == "status":
        return str(Conversation.Status(value).label)
    if name == "unread":
        return _("Unread") if value == "true" else _("Read")
    if name == "snoozed":
        return _("Snoozed") if value == "true" else _("Not snoozed")
    if name == "unassigned":
        return _("Unassigned") if value == "true" else _("Assigned")
    return _interval(found.given)


def _interval(given: dict[str, Any]) -> str:
    since: datetime | None = given.get("since")
    until: datetime | None = given.get("until")
    if since and until:
        words = _("{since} – {until}, each day") if given.get("daily") else _("{since} – {until}")
    else:
        words = _("From {since}") if since else _("Until {until}")
    return words.format(since=exactly(since), until=exactly(until))


def filter_context(wish: dict[str, Any]) -> dict[str, Any]:
    """The panel: what may be chosen of each kind, and what is."""
    found: ConversationFilter = wish["filter"]
    given = {name: found.given.get(name, []) for name in ("status", *NAMED)}
    times = {name: _local(found, name) for name in ("since", "until")}
    return {
        "view": wish["view"],
        "q": wish["q"],
        "given": given,
        "times": times,
        "daily": found.given.get("daily"),
        "unread": found.given.get("unread"),
        "statuses": Conversation.Status.choices,
        **queries.filter_choices(),
    }


def _local(found: ConversationFilter, name: str) -> str:
    return dict(parse_qsl(found.query)).get(name, "")


def saved_context(member: Member) -> list[dict[str, Any]]:
    """The saved views that he may use, with their addresses."""
    return [
        {
            "pk": view.pk,
            "name": view.name,
            "url": f"{reverse('inbox:list')}?{view.query}",
            "query": view.query,
            "shared": view.sharing != SavedView.Sharing.OWN,
            "may_edit": member.may("inbox.edit_view", view),
        }
        for view in queries.saved_views(member)
    ]


def saved_sizes(member: Member, request: Any) -> dict[int, int]:
    """How many conversations each of the first saved views has, counted up to one more than is
    shown. A view of a search is left out: it would be searched for at every visit; and so are
    the last ones, if those before took long."""
    sizes, until = {}, monotonic() + PATIENCE
    for view in queries.saved_views(member)[:MOST_VIEWS]:
        wish = found_by(kept_listing(view.query, request))
        if not wish["q"] and monotonic() < until:
            sizes[view.pk] = queries.size_of(member, most=MOST_SHOWN + 1, **wish)
    return sizes
