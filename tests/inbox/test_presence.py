"""Who else is here: for seconds, to those who see it, and without a trace."""

from __future__ import annotations

import time
from typing import Any

import pytest

from activity.models import LedgerEntry
from helpdesk import valkey
from inbox import presence
from inbox.models import Conversation
from tests.guards.tables import digest
from tests.people import Company, World, browser_of


@pytest.fixture
def talk(world: World) -> Conversation:
    return taken(world.acme)


def taken(company: Company) -> Conversation:
    """Sari has it, and nobody is there."""
    valkey.attempt(lambda client: client.delete(*client.keys("helpdesk:here:*") or ["none"]))
    return company.taken()


def beat(company: Company, talk: Conversation, who: str, **said: Any) -> Any:
    path = f"/w/{company.workspace.slug}/inbox/{talk.number}/presence/"
    headers = {"Accept": "application/json"}
    return browser_of(company.people[who]).post(path, said, headers=headers)


def names(answer: Any) -> list[tuple[str, str]]:
    return [(row["name"], row["doing"]) for row in answer.json()["others"]]


def test_those_who_are_here_know_each_other(world: World, talk: Conversation) -> None:
    acme = world.acme
    assert names(beat(acme, talk, "sari")) == []
    assert names(beat(acme, talk, "admin", doing="note")) == [("Sari", "")]
    assert names(beat(acme, talk, "sari", doing="reply")) == [("Admin", "note")]
    beat(acme, talk, "admin", gone="1")
    assert names(beat(acme, talk, "sari")) == []


def test_who_says_nothing_is_gone(
    world: World, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "HERE_SECONDS", 1)
    beat(world.acme, talk, "sari")
    time.sleep(0.6)
    beat(world.acme, talk, "owner")
    time.sleep(0.6)
    assert names(beat(world.acme, talk, "admin")) == [("Owner acme", "")]


def test_a_beat_writes_nothing_down(world: World, talk: Conversation) -> None:
    acme = world.acme
    before = digest(acme)
    with acme.acting():
        entries = LedgerEntry.objects.count()
    assert beat(acme, talk, "sari", doing="reply").status_code == 200
    assert beat(acme, talk, "sari", gone="1").status_code == 200
    assert digest(acme) == before
    with acme.acting():
        assert LedgerEntry.objects.count() == entries


def test_who_does_not_see_it_is_not_here(world: World, talk: Conversation) -> None:
    assert beat(world.acme, talk, "gita").status_code == 404
    assert beat(world.acme, talk, "sari", doing="<b>").status_code == 400
    number = world.globex.hears()
    assert number == talk.number, "the same number elsewhere"
    theirs = world.globex.conversation(number)
    assert names(beat(world.globex, theirs, "owner")) == []
    assert names(beat(world.acme, talk, "sari")) == []


def test_without_valkey_nobody_is_shown_and_nothing_breaks(
    world: World, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(valkey, "_open_until", time.monotonic() + 60)
    answer = beat(world.acme, talk, "sari")
    assert (answer.status_code, answer.json()) == (200, {"others": []})
