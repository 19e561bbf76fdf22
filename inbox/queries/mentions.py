"""Who can be called into a conversation, and who was."""

from __future__ import annotations

from collections import Counter

from accounts.models import Department, DepartmentMember, Member
from accounts.queries import access_of, accesses
from inbox.audience import audience_of, seen_with
from inbox.mentioning import Named
from inbox.models import Conversation, Mention


def members_seeing(conversation: Conversation) -> list[Member]:
    """The active members who may see it as it is now, by name."""
    members = list(Member.objects.filter(is_active=True).order_by("name", "pk"))
    reach, tags = accesses(members), audience_of(conversation)
    return [member for member in members if reach[member.pk].tags & tags]


def callable_in(conversation: Conversation) -> list[Named]:
    """Who may be mentioned: members who see the conversation, and departments with such
    members; whoever does not see it is neither offered nor told."""
    members = members_seeing(conversation)
    seeing = {member.pk for member in members}
    seats: dict[int, set[int]] = {}
    rows = DepartmentMember.objects.filter(department__is_active=True, member__in=seeing)
    for department, member in rows.values_list("department_id", "member_id"):
        seats.setdefault(department, set()).add(member)
    departments = Department.objects.filter(pk__in=seats).order_by("name")
    people = [Named("member", row.pk, row.name, frozenset({row.pk})) for row in members]
    teams = [Named("department", row.pk, row.name, frozenset(seats[row.pk])) for row in departments]
    return people + teams


def unread_mentions(member: Member) -> dict[int, int]:
    """How often he was mentioned since he looked, by the number of the conversation, where he
    may see it still."""
    seen = Conversation.objects.filter(seen_with(access_of(member)))
    rows = Mention.objects.filter(member=member, read_at=None, conversation__in=seen)
    return dict(Counter(rows.values_list("conversation__number", flat=True)[:1000]))
