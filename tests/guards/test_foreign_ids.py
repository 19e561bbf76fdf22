"""What is another's looks exactly like what does not exist, and stays as it was."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from tests.guards.doors import API, METHODS, PAGES, Door, address, filled
from tests.guards.tables import digest, rows
from tests.guards.things import knock, things_of
from tests.people import World, browser_of

UNKNOWN = 987_654_321
VARIES = re.compile(r"\b[0-9a-f]{12}\b|\b[A-Za-z0-9]{64}\b")  # the request's id, CSRF tokens
DOORS = {
    route: door for route, door in {**PAGES, **API}.items() if "int:" in route or "uuid:" in route
}


def unlike(thing: Any) -> Any:
    """An id of the same form that nothing has."""
    return UUID(int=UNKNOWN) if isinstance(thing, UUID) else UNKNOWN


def same(answer: Any) -> tuple[int, str]:
    """Status and body without what differs in every answer, and without the asked address."""
    text = answer.content.decode().replace(answer.wsgi_request.path, "")
    return answer.status_code, VARIES.sub("", text)


def probes(
    things: dict[str, Any], unknown: bool, doors: dict[str, Door]
) -> list[tuple[str, str, dict[str, Any]]]:
    """Every method of these doors, pointing at these things."""
    found = []
    for route, door in doors.items():
        given = dict(things)
        if unknown:
            given |= {name: unlike(things[name]) for name in door.path.values() if name in things}
        says = {name: filled(value, things) for name, value in door.says.items()}
        found += [(m, "/w/acme/" + address(route, door, given), says) for m in door.answers]
    return found


def compare(
    world: World, actor: str, theirs: dict[str, Any], doors: dict[str, Door] = DOORS
) -> set[int]:
    """Probe doors as an actor; the statuses that came. No row changes, no event is written."""
    client = browser_of(world.acme.people[actor])
    before = [digest(world.acme), digest(world.globex)]
    statuses = set()
    for known, unknown in zip(
        probes(theirs, False, doors), probes(theirs, True, doors), strict=True
    ):
        assert known[0] == unknown[0]
        for accept in ("application/json", "text/html")[: 1 if "/api/" in known[1] else 2]:
            first = same(knock(client, *known, Accept=accept))
            second = same(knock(client, *unknown, Accept=accept))
            assert first == second, f"{actor} {known[0]} {known[1]}"
            assert first[0] in (403, 404), f"{actor} {known[0]} {known[1]}: {first[0]}"
            statuses.add(first[0])
    assert [digest(world.acme), digest(world.globex)] == before
    return statuses


@pytest.fixture
def globex_things(world: World) -> dict[str, Any]:
    """Ids of globex that acme does not have: numbers of conversations start anew everywhere."""
    with world.globex.acting():
        rows("insert into inbox_numbercounter values (%s, 500) returning last", world.globex.id)
    world.acme.hears()
    found = things_of(world.globex, "stranger", "Support", "62813555000")
    return {**found, "budi": found["stranger"], "mate": world.acme.budi.pk}


@pytest.mark.parametrize("actor", ["sari", "supervisor", "admin"])
def test_ids_of_another_workspace_are_unknown(
    world: World, globex_things: dict[str, Any], actor: str
) -> None:
    statuses = compare(world, actor, globex_things)
    assert statuses == ({404} if actor == "admin" else {403, 404})


@pytest.mark.parametrize("actor", ["sari", "nona", "supervisor"])
def test_conversations_of_a_hidden_department_are_unknown(world: World, actor: str) -> None:
    hidden = things_of(world.acme, "gita", "Finance", "62813555000")
    compare(world, actor, hidden, {r: door for r, door in DOORS.items() if "number" in r})


def test_a_message_is_reached_through_its_own_conversation_only(world: World) -> None:
    """Own parent, another's child."""
    mine = things_of(world.acme, "sari", "Support", "62813555000")
    hidden = things_of(world.acme, "gita", "Finance", "62813666000")
    before = digest(world.acme)
    client = browser_of(world.acme.sari)
    for verb in ("retry", "discard"):
        path = f"/w/acme/inbox/{mine['handled']}/messages/{{}}/{verb}/"
        answers = [client.post(path.format(pk)) for pk in (hidden["message"], UNKNOWN)]
        assert same(answers[0]) == same(answers[1])
        assert answers[0].status_code == 404
    assert digest(world.acme) == before


def test_a_payload_is_reached_through_its_own_channel_only(
    world: World, globex_things: dict[str, Any]
) -> None:
    mine = things_of(world.acme, "sari", "Support", "62813777000")
    path = f"/w/acme/settings/channels/{mine['channel']}/payloads/{{}}/replay/"
    client = browser_of(world.acme.admin)
    for pk in (globex_things["payload"], UNKNOWN):
        assert client.post(path.format(pk)).status_code == 404


FORMS = {
    "inbox/{handled}/transfer/": [{"to": "member:{stranger}"}, {"to": "department:{department}"}],
    "settings/members/{budi}/": [
        {"role": "agent", "departments": ["{department}"]},
        {"role": "supervisor", "departments": ["{own}"], "led": ["{department}"]},
        {"role": "supervisor", "supervised": ["{stranger}"]},
    ],
    "settings/departments/": [{"name": "New", "members": ["{stranger}"]}],
    "settings/departments/{own}/": [{"name": "New", "members": ["{stranger}"]}],
    "settings/invitations/": [
        {"email": "a@b.example", "role": "agent", "departments": ["{department}"]}
    ],
    "settings/channels/{channel}/": [{"name": "x", "department": "{department}"}],
}


def test_forms_take_no_id_of_another_workspace(world: World, globex_things: dict[str, Any]) -> None:
    mine = things_of(world.acme, "sari", "Support", "62813777000")
    theirs = {name: globex_things[name] for name in ("stranger", "department")}
    known = {**mine, "own": mine["department"], **theirs}
    unknown = {**known, "stranger": UNKNOWN, "department": UNKNOWN}
    client = browser_of(world.acme.admin)
    before = [digest(world.acme), digest(world.globex)]
    for path, bodies in FORMS.items():
        address = "/w/acme/" + path.format(**known)
        for body in bodies:
            answers = [client.post(address, _filled(body, ids)) for ids in (known, unknown)]
            texts = [
                re.sub(rf"\b({ids['stranger']}|{ids['department']})\b", "", same(answer)[1])
                for answer, ids in zip(answers, (known, unknown), strict=True)
            ]
            assert [answer.status_code for answer in answers] == [422, 422], f"{path} {body}"
            assert texts[0] == texts[1], f"{path} {body}"
    assert [digest(world.acme), digest(world.globex)] == before


def _filled(body: dict[str, Any], ids: dict[str, Any]) -> dict[str, Any]:
    def fill(value: Any) -> Any:
        return [fill(one) for one in value] if isinstance(value, list) else value.format(**ids)

    return {name: fill(value) for name, value in body.items()}


def test_the_api_takes_no_id_of_another_workspace(
    world: World, globex_things: dict[str, Any]
) -> None:
    mine = things_of(world.acme, "sari", "Support", "62813777000")
    client = browser_of(world.acme.admin)
    path = f"/w/acme/api/v1/conversations/{mine['handled']}/transfer/"
    before = [digest(world.acme), digest(world.globex)]
    for key, name in (("member", "stranger"), ("department", "department")):
        for pk in (globex_things[name], UNKNOWN):
            answer = knock(client, "POST", path, {key: pk})
            assert answer.status_code == 400
            assert list(answer.json()["errors"]) == [key]
    assert [digest(world.acme), digest(world.globex)] == before
    for key, name in (
        ("channel", "channel"),
        ("department", "department"),
        ("assignee", "stranger"),
    ):
        for pk in (globex_things[name], UNKNOWN):
            answer = client.get(f"/w/acme/api/v1/conversations/?{key}={pk}")
            assert answer.status_code == 200
            assert answer.json()["results"] == []


def test_every_door_with_an_id_is_probed() -> None:
    assert len(DOORS) >= 20
    assert all(
        isinstance(door, Door) and set(door.answers) <= set(METHODS) for door in DOORS.values()
    )
