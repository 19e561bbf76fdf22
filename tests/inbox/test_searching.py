"""Search by words: whatever was said is found, by whoever may see it, on some page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inbox import actions, queries
from inbox.models import Conversation, Message
from tests.people import Company, World, browser_of

LIST = "/w/acme/inbox/"
CROWD = 520


@pytest.fixture
def acme(world: World) -> Company:
    """Gita in Finance hears of coconuts all day; Sari heard of them once, in three
    conversations of last month, of which one goes on today about something else."""
    company, last = world.acme, timezone.now() - timedelta(days=30)
    for n in range(3):
        row = company.conversation(company.hears("Ada kelapa?", f"628135550010{n}", f"S{n}"))
        with company.acting("sari"):
            actions.accept(row, by=company.sari)
            row.messages.filter(direction="in").update(sent_at=last)
            Conversation.objects.filter(pk=row.pk).update(last_message_at=last - timedelta(days=n))
    company.hears("Terima kasih", "6281355500102", "S2")
    busy = company.conversation(company.hears("Halo", "6281355500199", "Ramai"))
    with company.acting("admin"):
        actions.transfer(busy, by=company.admin, member=company.gita)
        told = [
            Message(conversation=busy, channel=company.channel, direction="in") for _ in "x" * CROWD
        ]
        for message in told:
            message.text, message.sent_at = "kelapa", timezone.now()
        Message.objects.bulk_create(told)
    return company


def test_what_others_hear_hides_nothing_of_ones_own(acme: Company) -> None:
    with acme.acting("sari"):
        found = queries.inbox_list(acme.sari, "all", q="kelapa")
    assert {row.contact.name for row in found} == {"S0", "S1", "S2"}


def test_every_page_of_a_search_and_a_filter_is_reached(
    acme: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.screens.page.PAGE", 1)
    page: Any = browser_of(acme.admin)
    for query, count in (("view=all&q=kelapa", 4), (f"q=kelapa&assignee={acme.sari.pk}", 3)):
        seen, url = [], f"{LIST}?{query}"
        while url:
            answer = page.get(url, headers={"X-Fragment": "rows"})
            seen += [row.number for row in answer.context["conversations"]]
            url = answer.context["more_url"]
        assert len(seen) == len(set(seen)) == count, query
