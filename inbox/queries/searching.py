"""What a conversation may be meant by: a name, a number, words that were said in it."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from contacts import queries as contacts
from inbox.models import MessageSearch


def matching(text: str) -> Q:
    """Name or phone of the contact, number of the conversation, or words said in it."""
    found = Q(pk__isnull=True)
    for way in ways_of(text):
        found |= way
    return found


def ways_of(text: str) -> list[Q]:
    """Each way in which a conversation may be meant by what somebody searches for."""
    text = text.strip()[:200]
    ways = [Q(contact__in=contacts.matching(text).values("contact_id")), Q(pk__in=_said(text))]
    number = text.removeprefix("#")
    if number.isdecimal() and len(number) < 18:
        ways.append(Q(number=int(number)))
    return ways


def _said(text: str) -> QuerySet[MessageSearch, dict[str, int]]:
    """Conversations with a message that has all the words; by the full-text index. All of them:
    the newest hits alone may be those of conversations that who asks does not see."""
    query = SearchQuery(text, config="helpdesk_search", search_type="websearch")
    return MessageSearch.objects.filter(tsv=query).values("conversation_id")
