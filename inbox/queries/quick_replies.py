"""Quick replies that a member may use, and those that he may change."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.models import Member
from accounts.queries import access_of
from inbox.models import QuickReply

MOST_FOUND = 12


def quick_replies_for(member: Member) -> QuerySet[QuickReply]:
    """What he may use: everybody's, his departments', his own. Who administers may use those of
    all departments, but nobody another's own."""
    mine = Q(member=member) | Q(member=None, department=None)
    theirs = Q() if member.administers else Q(department__in=access_of(member).departments)
    rows = QuickReply.objects.select_related("department", "member")
    return rows.filter(mine | (Q(member=None) & theirs))


def editable_quick_replies(member: Member) -> QuerySet[QuickReply]:
    """Those of the settings page: what he may use, by shortcut, the unused ones last."""
    return quick_replies_for(member).order_by("-is_active", "shortcut", "id")


def found_quick_replies(member: Member, text: str) -> list[QuickReply]:
    """For the list at the caret: shortcuts that begin like this first, then those that have
    it anywhere; the ones used most first."""
    rows = quick_replies_for(member).filter(is_active=True)
    text = text.strip()[:80]
    if text:
        inside = Q(shortcut__icontains=text) | Q(title__icontains=text) | Q(text__icontains=text)
        rows = rows.filter(inside)
    begins = Case(
        When(shortcut__istartswith=text, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = rows.annotate(begins=begins).order_by("begins", "-used", "shortcut")
    return list(found[:MOST_FOUND])
