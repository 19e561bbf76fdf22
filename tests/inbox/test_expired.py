"""What expired or was left behind, and how a supervisor clears it (F35, F36)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from inbox import actions, queries
from inbox.models import Conversation
from tests.people import Company, World, browser_of


def expire(company: Company, *numbers: int) -> None:
    with company.acting():
        rows = Conversation.objects.filter(number__in=numbers)
        rows.update(window_expires_at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def company(world: World) -> Company:
    """1 waits, 2 has expired, 3 was released and has expired, 4 was released, 5 is handled and
    has expired."""
    acme = world.acme
    for n in range(1, 6):
        acme.hears("Halo", f"62813555000{n:02}", f"C{n}")
    for number in (3, 4, 5):
        row = acme.conversation(number)
        with acme.acting("sari"):
            actions.accept(row, by=acme.sari)
            if number != 5:
                actions.release(row, by=acme.sari)
    expire(acme, 2, 3, 5)
    return acme


def numbers(company: Company, view: str) -> set[int]:
    with company.acting():
        return {row.number for row in queries.inbox_list(company.admin, view=view)}


def test_the_filter_lists_what_waits_abandoned_or_expired(company: Company) -> None:
    assert numbers(company, "expired") == {2, 3, 4}


def test_who_steers_resolves_all_expired_of_the_queue(company: Company) -> None:
    with company.acting():
        (found,) = queries.expired_by_channel(company.admin)
        assert (found.count, found.untouched) == (2, 1)
    page = browser_of(company.admin)
    asked = page.get("/w/acme/inbox/expired/")
    assert asked.status_code == 200
    assert "dialog-title" in asked.content.decode()
    done = page.post(
        "/w/acme/inbox/expired/", {"channels": [company.channel.pk], "include_untouched": "on"}
    )
    assert done.status_code == 302
    assert numbers(company, "expired") == {4}
    assert numbers(company, "resolved") == {2, 3}
    last = company.messages(3)[-1]
    assert (last.kind, last.data["fact"]) == ("fact", "expired")


def test_what_nobody_has_had_may_be_left_out(company: Company) -> None:
    with company.acting("admin"):
        channels = [company.channel.pk]
        count = actions.resolve_expired(
            by=company.admin, channels=channels, include_untouched=False
        )
    assert count == 1
    assert numbers(company, "expired") == {2, 4}


def test_it_takes_a_channel_and_a_supervisor(company: Company) -> None:
    answer = browser_of(company.admin).post("/w/acme/inbox/expired/", {})
    assert answer.status_code == 422
    with pytest.raises(PermissionDenied), company.acting("sari"):
        actions.resolve_expired(by=company.sari, channels=[company.channel.pk])
    assert browser_of(company.sari).get("/w/acme/inbox/expired/").status_code == 403
    assert numbers(company, "expired") == {2, 3, 4}
