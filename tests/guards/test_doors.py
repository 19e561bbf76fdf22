"""Every route for every kind of visitor: who gets what, and that no route is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from accounts import actions as accounts
from tests.guards.doors import (
    ACTORS,
    ANY_METHOD,
    API,
    GROUPS,
    METHODS,
    PAGES,
    ROOT,
    Door,
    address,
    filled,
    routes,
)
from tests.guards.things import knock, things_of
from tests.people import World, browser_of

Visitors = dict[str, Client]


@pytest.fixture
def things(world: World) -> dict[str, Any]:
    return things_of(world.acme, "sari", "Support", "62813555000")


@pytest.fixture
def visitors(world: World) -> Visitors:
    members = {**world.acme.people, "stranger": world.globex.stranger, "nobody": None}
    return {actor: browser_of(members[actor]) for actor in ACTORS}


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_route_has_a_row() -> None:
    pages = routes("helpdesk.workspace_urls")
    assert pages == {*PAGES, *API}
    root = {route for route in routes("helpdesk.urls") if not route.startswith(tuple(GROUPS))}
    assert root == {*ROOT, *API}


def statuses(
    route: str, door: Door, prefix: str, visitors: Visitors, things: dict[str, Any]
) -> dict[str, str]:
    found = {}
    says = {name: filled(value, things) for name, value in door.says.items()}
    for method in door.answers:
        row = []
        for actor in ACTORS:
            with undone():
                answer = knock(visitors[actor], method, prefix + address(route, door, things), says)
            row.append(str(answer.status_code))
        found[method] = " ".join(row)
    return found


@pytest.mark.parametrize("rows", [PAGES, API], ids=["pages", "api"])
def test_each_visitor_of_a_workspace_gets_what_is_his(
    world: World, things: dict[str, Any], visitors: Visitors, rows: dict[str, Door]
) -> None:
    found = {r: statuses(r, door, "/w/acme/", visitors, things) for r, door in rows.items()}
    assert found == {route: door.answers for route, door in rows.items()}


def test_each_visitor_of_a_door_without_a_workspace_gets_what_is_his(
    things: dict[str, Any], visitors: Visitors
) -> None:
    found = {r: statuses(r, door, "/", visitors, things) for r, door in ROOT.items()}
    assert found == {route: door.answers for route, door in ROOT.items()}


def test_a_token_opens_what_its_member_may_see_and_a_session_nothing_at_the_root(
    world: World, things: dict[str, Any]
) -> None:
    members = {**world.acme.people, "stranger": world.globex.stranger}
    texts = {}
    for actor, member in members.items():
        company = world.globex if actor == "stranger" else world.acme
        with company.acting(actor):
            texts[actor] = accounts.create_token(by=member, name="program")[1]
    for route, door in API.items():
        path = "/" + address(route, door, things)
        says = {name: filled(value, things) for name, value in door.says.items()}
        for method, row in door.answers.items():
            assert knock(browser_of(world.acme.admin), method, path, says).status_code == 401
            for actor, expected in zip(ACTORS, row.split(), strict=True):
                if actor in ("nobody", "stranger"):
                    continue
                with undone():
                    key = {"Authorization": f"Bearer {texts[actor]}"}
                    answer = knock(Client(), method, path, says, **key)
                assert str(answer.status_code) == expected, f"{method} {route} {actor}"
    stranger = {"Authorization": f"Bearer {texts['stranger']}"}
    for number in (things["handled"], things["queued"]):
        answer = knock(Client(), "GET", f"/api/v1/conversations/{number}/", {}, **stranger)
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("rows", "prefix"), [(PAGES, "/w/acme/"), (API, "/w/acme/"), (ROOT, "/")], ids=str
)
def test_methods_without_a_row_are_refused(
    things: dict[str, Any], visitors: Visitors, rows: dict[str, Door], prefix: str
) -> None:
    open_ended = {
        f"{method} {route}": status
        for route, door in rows.items()
        for method in METHODS
        if method not in door.answers and route not in ANY_METHOD
        if (status := _admin(visitors, method, prefix + address(route, door, things))) != 405
    }
    assert not open_ended


def _admin(visitors: Visitors, method: str, path: str) -> int:
    with undone():
        status: int = knock(visitors["admin"], method, path, {}).status_code
    return status


def test_nothing_is_posted_without_the_token_of_the_page(
    world: World, things: dict[str, Any]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.acme.admin.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    rows = [(f"/w/acme/{address(r, d, things)}", d) for r, d in {**PAGES, **API}.items()]
    rows += [("/preferences/", ROOT["preferences/"])]
    for path, door in rows:
        for method in set(door.answers) - {"GET"}:
            assert knock(client, method, path, {}).status_code == 403, f"{method} {path}"
