"""The registry of commands: no key means two things, for nobody, whatever he chooses."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accounts import actions, commands
from accounts.commands import Command, clashes, keys_of, parse, pretty, registry
from accounts.models import Member
from helpdesk.errors import Refused
from tests.guards.source import ROOT
from tests.people import World, browser_of

DEFINED = re.compile(r"\b(?:define|press)\(\s*[\"`]([a-z.-]+|go\.\$\{view\})[\"`]")


def test_no_two_commands_have_one_key_where_both_are_live() -> None:
    assert list(clashes({name: row.keys for name, row in registry.items()})) == []


def test_a_second_command_of_a_key_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "registry", dict(registry))
    with pytest.raises(ValueError, match="same key"):
        commands.register(Command("other", "Other", "list", "thread", ("j",)))
    monkeypatch.setattr(commands, "registry", dict(registry))
    with pytest.raises(ValueError, match="same key"):
        commands.register(Command("begins", "Other", "list", "anywhere", ("g",)))
    monkeypatch.setattr(commands, "registry", dict(registry))
    with pytest.raises(ValueError, match="two commands"):
        commands.register(Command("resolve", "Other", "list"))


def test_every_command_has_something_to_run_and_a_key_that_can_be_pressed() -> None:
    scripts = "\n".join(path.read_text() for path in (ROOT / "static/js").glob("*.js"))
    defined = set(DEFINED.findall(scripts)) | named_in_lists(scripts)
    for name, row in registry.items():
        assert row.address or name in defined, f"nothing runs {name}"
        for key in row.keys:
            assert parse(pretty(key)) == key
            assert not commands.wrong_key(row, key)


def named_in_lists(scripts: str) -> set[str]:
    """Commands that a loop gives their buttons: `for (const name of ["a", "b"]) press(name…`."""
    loops = re.findall(r"for \(const name of \[([^\]]+)\]\) (?:press|define)\(name", scripts)
    return {name for loop in loops for name in re.findall(r"\"([a-z.-]+)\"", loop)}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("e", "e"),
        ("E", "e"),
        ("Shift+E", "shift+e"),
        ("ctrl + enter", "mod+Enter"),
        ("Cmd+Shift+K", "mod+shift+k"),
        ("shift+ctrl+k", "mod+shift+k"),
        ("G I", "g i"),
        ("+", "+"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_keys_as_people_write_them(written: str, kept: str) -> None:
    assert parse(written) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        "ee",
        "g i m",
        "hyper+e",
        "shift+1",
        "ctrl+t",
        "Ctrl+Shift+N",
        "cmd+w",
        "é",
        "a+b",
        "\x00",
        "++",
    ],
)
def test_what_is_no_key(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(wrong)


def fresh(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def test_a_member_has_keys_of_his_own_and_nobody_else_has_them(world: World) -> None:
    acme = world.acme
    with acme.acting("sari"):
        actions.set_keys(by=acme.sari, keys={"resolve": "y", "next": "", "close": "q"})
        mine = keys_of(fresh(acme.sari))
        assert (mine["resolve"], mine["next"], mine["previous"]) == (("y",), (), ("k",))
        assert mine["close"] == ("Escape",), "a fixed key stays"
        assert keys_of(fresh(acme.budi))["resolve"] == ("e",)
        actions.set_keys(by=acme.sari, keys={})
        assert keys_of(fresh(acme.sari))["resolve"] == ("e",)


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"resolve": "j"}, "key_taken"),
        ({"resolve": "g"}, "key_taken"),
        ({"search": "shift+e"}, "key_taken"),
        ({"send": "s"}, "key_wrong"),
        ({"palette": "mod+Enter"}, "key_taken"),
    ],
)
def test_a_key_that_would_mean_two_things_is_refused(
    world: World, keys: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused, world.acme.acting("sari"):
        actions.set_keys(by=world.acme.sari, keys=keys)
    assert refused.value.code == code
    with world.acme.acting():
        assert fresh(world.acme.sari).preferences == {}


def test_keys_may_swap_places(world: World) -> None:
    with world.acme.acting("sari"):
        actions.set_keys(by=world.acme.sari, keys={"next": "k", "previous": "j"})
        assert keys_of(fresh(world.acme.sari))["next"] == ("k",)


def test_without_single_keys_only_those_with_ctrl_or_alt_are_left(world: World) -> None:
    with world.acme.acting("sari"):
        actions.set_keys(by=world.acme.sari, keys={}, single_keys=False)
        kept = {key for keys in keys_of(fresh(world.acme.sari)).values() for key in keys}
    assert kept == {"mod+k", "mod+Enter", "mod+shift+Enter", "Escape"}


def page(world: World, **says: str) -> Any:
    return browser_of(world.acme.sari).post("/w/acme/settings/keys/", {"single_keys": "on", **says})


def defaults(world: World) -> dict[str, str]:
    """What the page sends if nothing is changed."""
    form = browser_of(world.acme.sari).get("/w/acme/settings/keys/").content.decode()
    return dict(re.findall(r'name="(key-[a-z-]+)" value="([^"]*)"', form))


def test_the_page_saves_what_is_changed_and_tells_what_cannot_be(world: World) -> None:
    shown = defaults(world)
    assert shown["key-resolve"] == "E"
    assert page(world, **shown).status_code == 302
    with world.acme.acting():
        assert fresh(world.acme.sari).preferences == {"keys": {}, "single_keys": True}
    assert page(world, **{**shown, "key-resolve": "Ctrl+Shift+E"}).status_code == 302
    with world.acme.acting():
        assert fresh(world.acme.sari).preferences["keys"] == {"resolve": "mod+shift+e"}
    taken = page(world, **{**shown, "key-resolve": "J"})
    assert taken.status_code == 422
    assert taken.content.decode().count('class="error"') == 2
    assert page(world, **{**shown, "key-resolve": "Ctrl+T"}).status_code == 422
    assert page(world, default="1").status_code == 302
    with world.acme.acting():
        assert fresh(world.acme.sari).preferences["keys"] == {}


def test_the_button_shows_the_members_own_key(world: World) -> None:
    number = world.acme.hears()
    with world.acme.acting("sari"):
        actions.set_keys(by=world.acme.sari, keys={"accept": "w"})
    mine = browser_of(world.acme.sari).get(f"/w/acme/inbox/{number}/").content.decode()
    assert '<kbd aria-hidden="true" data-keys="w">W</kbd>' in mine
    others = browser_of(world.acme.budi).get(f"/w/acme/inbox/{number}/").content.decode()
    assert '<kbd aria-hidden="true" data-keys="i">I</kbd>' in others


@pytest.mark.parametrize(
    "says",
    [{}, {"list_width": "301"}, {"list_width": "x"}, {"density": "tiny"}, {"list_open": "2"}],
)
def test_a_look_that_is_none_changes_nothing(world: World, says: dict[str, str]) -> None:
    answer = browser_of(world.acme.sari).post("/w/acme/settings/look/", says)
    assert answer.status_code == 400
    with world.acme.acting():
        assert fresh(world.acme.sari).preferences == {}


def test_a_look_is_kept_part_by_part(world: World) -> None:
    client = browser_of(world.acme.sari)
    client.post("/w/acme/settings/look/", {"list_width": "300"})
    client.post("/w/acme/settings/look/", {"details_open": "0"})
    with world.acme.acting():
        kept = fresh(world.acme.sari).preferences
    assert kept == {"look": {"list_width": 300, "details_open": False}}
