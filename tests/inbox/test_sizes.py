"""How many conversations a saved view has: the rows of its list, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from inbox import actions
from inbox.screens.filters import MOST_SHOWN
from tests.people import Company, World, browser_of

SIZES = "/w/acme/inbox/views/sizes/"


@pytest.fixture
def acme(world: World) -> Company:
    for n in range(1, 6):
        world.acme.hears("Halo", f"62813555{n:05}", f"C{n}")
    return world.acme


def saved(company: Company, who: str, name: str, query: str, **more: Any) -> int:
    with company.acting(who):
        view = actions.save_view(by=company.people[who], name=name, query=query, **more)
        return view.pk


def sizes(company: Company, who: str) -> dict[int, int]:
    told = browser_of(company.people[who]).get(SIZES).json()["sizes"]
    return {int(pk): size for pk, size in told.items()}


def test_it_is_the_number_of_rows_that_the_list_shows(acme: Company) -> None:
    with acme.acting("sari"):
        actions.accept(acme.conversation(1), by=acme.sari)
        actions.mark_read(acme.conversation(1), by=acme.sari)
    queries = ["view=queue", "view=mine", "view=all&unread=true", "view=all&assignee=me"]
    queries += ["view=all&assignee=none", "view=resolved", "view=all&status=handled&status=queued"]
    views = {saved(acme, "sari", query, query): query for query in queries}
    told = sizes(acme, "sari")
    page = browser_of(acme.sari)
    for pk, query in views.items():
        shown = page.get(f"/w/acme/inbox/?{query}", headers={"X-Fragment": "rows"}).content
        assert told[pk] == shown.count(b'<li class="row'), query
    assert sorted(told.values()) == [0, 1, 1, 4, 4, 4, 5]


def test_everybody_counts_what_he_sees(acme: Company) -> None:
    view = saved(acme, "admin", "Semua", "view=all", sharing="all")
    assert sizes(acme, "admin")[view] == 5
    assert sizes(acme, "gita")[view] == 0  # Finance sees nothing of Support
    own = saved(acme, "sari", "Milik", "view=all")
    assert own not in sizes(acme, "admin")


def test_searches_are_not_made_for_a_number(acme: Company) -> None:
    view = saved(acme, "sari", "Cari", "view=all&q=Halo")
    assert view not in sizes(acme, "sari")


def test_counting_ends_where_nobody_reads_on(
    acme: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.screens.filters.MOST_SHOWN", 3)
    view = saved(acme, "sari", "Semua", "view=all")
    assert MOST_SHOWN == 99
    assert sizes(acme, "sari")[view] == 4  # more than 3: "3+"


def test_counting_ends_where_it_takes_long(acme: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    views = [saved(acme, "sari", name, "view=all") for name in ("A", "B", "C")]
    moments = iter([100.0, 100.1, 100.2, 100.4, 100.5])
    monkeypatch.setattr("inbox.screens.filters.monotonic", lambda: next(moments))
    assert list(sizes(acme, "sari")) == views[:2]
