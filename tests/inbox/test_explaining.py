"""The "why?" of the fact lines: what each keeps, and what is told of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from inbox import actions
from inbox.explaining import HOW, reasons
from inbox.facts import FACTS
from inbox.fragments import bubble_html
from inbox.models import Message
from tests.people import Company, World

AT = datetime(2026, 11, 22, 3, 42, 5, tzinfo=UTC)


def told(data: dict[str, str]) -> dict[str, str]:
    with translation.override("en"), timezone.override("Asia/Jakarta"):
        return dict(reasons(data, AT))


def last_fact(company: Company, number: int) -> Message:
    return [m for m in company.messages(number) if m.direction == "fact"][-1]


def test_every_fact_can_be_explained() -> None:
    assert set(HOW) == set(FACTS)
    for fact in FACTS:
        assert list(told({"fact": fact})) == ["By", "When", "How"]
    assert reasons({"fact": "of another year"}, AT) == []


def test_by_whom_and_to_the_second_in_the_viewers_zone() -> None:
    rows = told({"fact": "resolved", "by": "Sari"})
    assert rows["By"] == "Sari"
    assert rows["When"] == "22 November 2026 10:42:05 WIB"
    assert told({"fact": "queued", "by": ""})["By"] == "The system"
    with translation.override("id"), timezone.override("Asia/Makassar"):
        assert dict(reasons({"fact": "queued"}, AT))["Kapan"] == "22 November 2026 11.42.05 WITA"


def test_an_acceptance_says_from_which_queue_and_how_long_it_had_waited(world: World) -> None:
    company = world.acme
    number = company.hears()
    entered = company.messages(number)[0]
    assert company.channel.name in told(entered.data)["How"]
    with company.acting("sari"):
        actions.accept(company.conversation(number), by=company.sari)
    fact = last_fact(company, number)
    rows = told(fact.data)
    assert company.departments["Support"].name in rows["How"]
    assert "Waiting since" in rows


@pytest.mark.parametrize("note", ["", "Beliau menunggu teknisi"])
def test_a_transfer_says_who_had_it_and_that_there_is_a_note(world: World, note: str) -> None:
    company = world.acme
    number = company.hears()
    with company.acting("sari"):
        row = actions.accept(company.conversation(number), by=company.sari)
        actions.transfer(row, by=company.sari, member=company.budi, note=note)
    rows = told(last_fact(company, number).data)
    assert "Before that it was with Sari." in rows["How"]
    assert ("note" in rows["How"]) is bool(note)
    assert "Waiting since" not in rows


def test_names_in_a_reason_are_words_and_nothing_else(world: World) -> None:
    company = world.acme
    number = company.hears()
    with company.acting():
        fact = last_fact(company, number)
        fact.data = {"fact": "accepted", "by": "<b>x</b>", "queue": "{by} <script>"}
        html = bubble_html(fact, company.conversation(number))
    assert "<script>" not in html
    assert "<b>x</b>" not in html.replace("<b>&lt;b&gt;", "")
    assert "<details" in html
