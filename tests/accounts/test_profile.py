"""One's own profile: what is saved, for whom it counts, and what cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Member, User
from accounts.preferences import LIST_WIDTHS, look_of
from activity.models import LedgerEntry
from tests.guards.source import ROOT
from tests.people import World, browser_of

USUAL = {"name": "Sari", "language": "auto", "theme": "auto", "density": "comfortable"}


def save(world: World, **says: str) -> Any:
    return browser_of(world.acme.sari).post("/w/acme/settings/profile/", {**USUAL, **says})


def test_name_language_theme_and_density_are_kept(world: World) -> None:
    acme = world.acme
    answer = save(world, name=" Sari \n Wulandari ", language="en", theme="dark", density="compact")
    assert answer.status_code == 302
    with acme.acting():
        sari = Member.objects.select_related("user").get(pk=acme.sari.pk)
        assert sari.name == "Sari Wulandari"
        assert (sari.user.language, sari.user.theme) == ("en", "dark")
        assert look_of(sari).density == "compact"
        assert look_of(Member.objects.get(pk=acme.budi.pk)).density == "comfortable"
        told = LedgerEntry.objects.filter(name="member.changed").latest("seq")
        assert told.facts == {"member_id": sari.pk, "is_active": True, "changed": ["name"]}
    page = browser_of(acme.sari).get("/w/acme/inbox/").content.decode()
    assert '<html lang="en" data-theme="dark" data-density="compact">' in page, "before any paint"
    assert save(world, name="Sari Wulandari").status_code == 302
    assert User.objects.get(pk=acme.sari.user_id).theme == "", "as the system has it"


def test_a_name_that_stays_is_no_event(world: World) -> None:
    save(world)
    with world.acme.acting():
        assert not LedgerEntry.objects.filter(name="member.changed").exists()


@pytest.mark.parametrize(
    "says",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "n" * 121},
        {"name": "nul \0"},
        {"language": "xx"},
        {"theme": "pink"},
        {"density": "tiny"},
    ],
)
def test_what_cannot_be_is_told(world: World, says: dict[str, str]) -> None:
    assert save(world, **says).status_code == 422
    with world.acme.acting():
        sari = Member.objects.get(pk=world.acme.sari.pk)
        assert (sari.name, sari.preferences) == ("Sari", {})


def test_a_member_of_two_workspaces_has_a_look_in_each(world: World) -> None:
    acme, globex = world.acme, world.globex
    with globex.acting():
        twin = Member.objects.create(user=acme.sari.user, name="Sari G.", role="agent")
    client = browser_of(acme.sari)
    client.post("/w/globex/settings/profile/", {**USUAL, "name": "S.", "density": "compact"})
    with globex.acting():
        changed = Member.objects.get(pk=twin.pk)
        assert (changed.name, look_of(changed).density) == ("S.", "compact")
    with acme.acting():
        same = Member.objects.get(pk=acme.sari.pk)
        assert (same.name, same.preferences) == ("Sari", {})


def test_every_width_of_the_list_has_its_rule() -> None:
    css = (ROOT / "static/css/panes.css").read_text()
    for width in LIST_WIDTHS:
        assert f'[data-list-width="{width}"] {{ --list: {width}px }}' in css
