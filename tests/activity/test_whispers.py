"""What is true for a moment: told to those who may know, kept nowhere."""

from __future__ import annotations

import pytest

from helpdesk import hints
from helpdesk.events import attempt, whisper
from inbox import presence
from tests.activity.ears import Live
from tests.inbox.test_presence import beat, taken
from tests.people import World


def test_what_is_whispered_reaches_those_who_see_it_alone(
    committed_world: World, live: Live
) -> None:
    acme, globex = committed_world.acme, committed_world.globex
    talk = taken(acme)
    ears = {name: live.ear(acme.people[name], "x") for name in ("sari", "budi", "gita", "admin")}
    ears["stranger"] = live.ear(globex.stranger, "x", slug="globex")
    for ear in ears.values():
        ear.until("reset")
    beat(acme, talk, "sari", doing="reply")
    with acme.acting():
        presence.tell_typing(talk)
    heard = {name: ear.all() for name, ear in ears.items()}
    for name in ("budi", "gita", "stranger"):
        assert heard[name] == [], name
    sari, customer = heard["admin"]
    assert (sari["type"], sari["kind"], sari["name"]) == ("whisper", "here", "Sari")
    assert (sari["number"], sari["doing"]) == (talk.number, "reply")
    assert (customer["name"], customer["doing"]) == ("Rahmat", "customer")
    assert heard["sari"] == heard["admin"]


@pytest.mark.parametrize("text", [b"{}", b"[]", b'{"w": 1}', b'{"w": 1, "whispers": 3}', b"\xff"])
def test_a_hint_that_is_no_whisper_is_none(text: bytes) -> None:
    assert hints.read_whispers(text) is None


def test_a_whisper_of_what_failed_is_not_heard(world: World) -> None:
    def fails() -> None:
        with attempt():
            whisper("lost", tags={"w"})
            raise ZeroDivisionError

    with world.acme.acting() as unit:
        whisper("kept", tags={"w"})
        with pytest.raises(ZeroDivisionError):
            fails()
        assert [frame["kind"] for _tags, frame in unit.whispers] == ["kept"]
