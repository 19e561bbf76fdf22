"""What the palette finds: conversations, and the people they are with."""

from __future__ import annotations

from accounts.models import Member
from contacts import queries as contacts
from contacts.models import Contact
from inbox.models import Conversation
from inbox.queries.lists import inbox_list
from inbox.queries.sight import seen_by

MOST = 6


def found_conversations(member: Member, text: str) -> list[Conversation]:
    """The newest that are meant by a text and that he may see."""
    return inbox_list(member, q=text, limit=MOST)


def found_people(member: Member, text: str) -> list[Contact]:
    """Customers of that name or number with whom he may see a conversation."""
    seen = seen_by(member).values("contact_id")
    meant = contacts.matching(text).values("contact_id")
    people = Contact.objects.filter(pk__in=meant).filter(pk__in=seen)
    return list(people.order_by("name", "pk")[:MOST])
