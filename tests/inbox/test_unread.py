"""The marker of what was read: one for a conversation, and its assignee moves it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from activity.live.render import prepare
from activity.models import LedgerEntry
from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.models import Conversation
from tests.people import Company, World, browser_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def acme(world: World) -> Company:
    """Sari has read conversation 1."""
    company = world.acme
    company.hears("satu")
    company.hears("dua")
    with company.acting("sari"):
        actions.accept(company.conversation(1), by=company.sari)
        actions.mark_read(company.conversation(1), by=company.sari)
    return company


def unread(company: Company) -> tuple[int, int]:
    """In the row, and in the number before the title."""
    with company.acting("sari"):
        counted = queries.counts(company.sari)["unread"]
        return Conversation.objects.get(number=1).unread_count, counted


def test_the_marker_goes_back_before_the_last_words_of_the_customer(acme: Company) -> None:
    assert unread(acme) == (0, 0)
    answer = browser_of(acme.sari).post("/w/acme/inbox/1/unread/", headers=JSON).json()
    assert unread(acme) == (1, 1)
    assert 'class="unread"' in answer["row"]
    page = browser_of(acme.sari).get("/w/acme/inbox/1/").content.decode()
    assert page.index("satu</p>") < page.index('class="new"') < page.index("dua</p>")
    with acme.acting():
        last = LedgerEntry.objects.latest("seq")
    assert (last.name, last.member_id) == ("conversation.unread", acme.sari.pk)
    browser_of(acme.sari).post("/w/acme/inbox/1/read/", headers=JSON)
    assert unread(acme) == (0, 0)


def test_twice_is_once_and_what_is_new_is_not_made_less(acme: Company) -> None:
    acme.hears("tiga")
    acme.hears("empat")
    for _ in range(2):
        browser_of(acme.sari).post("/w/acme/inbox/1/unread/")
    assert unread(acme) == (2, 1)
    with acme.acting():
        assert not LedgerEntry.objects.filter(name="conversation.unread").exists()


@pytest.mark.parametrize("who", ["supervisor", "admin"])
def test_nobody_else_moves_it(acme: Company, who: str) -> None:
    with pytest.raises(PermissionDenied), acme.acting(who):
        actions.mark_unread(acme.conversation(1), by=acme.people[who])
    shown = browser_of(acme.people[who]).get("/w/acme/inbox/1/").content
    assert b'data-key="unread"' not in shown
    assert b'data-key="unread"' in browser_of(acme.sari).get("/w/acme/inbox/1/").content


def test_what_has_ended_or_has_no_words_of_the_customer_stays_read(acme: Company) -> None:
    def refused() -> str:
        with pytest.raises(Refused) as found, acme.acting("sari"):
            actions.mark_unread(acme.conversation(1), by=acme.sari)
        return found.value.code

    with acme.acting():
        Conversation.objects.filter(number=1).update(last_customer_at=None)
    assert refused() == "nothing_to_read"
    with acme.acting("sari"):
        actions.resolve(acme.conversation(1), by=acme.sari)
    assert refused() == "already_resolved"


def test_the_row_is_told_to_every_page(acme: Company) -> None:
    browser_of(acme.sari).post("/w/acme/inbox/1/unread/")
    with acme.acting():
        (prepared,) = prepare([LedgerEntry.objects.latest("seq")], ["id"])
        frame = prepared.frame_for(frozenset({f"m:{acme.sari.pk}"}), "id")
    assert 'data-unread=\\"1\\"' in str(frame)
