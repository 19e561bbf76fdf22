"""Functions of our scripts on their own: keys of other keyboards, working hours, fuzzy search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accounts.preferences import Hours
from bench.product import Product

pytestmark = pytest.mark.timeout(120)
IMPORTED = """async ([name, call, given]) => {
    const found = performance.getEntriesByType("resource").find((one) => one.name.includes(`/js/${name}.`));
    return (await import(found.name))[call](...given);
}"""  # noqa: E501
ZONE = ZoneInfo("Asia/Jayapura")


@pytest.fixture
def ask(desk: Callable[..., Any], product: Product) -> Callable[..., Any]:
    """Call a function of a module as the page has loaded it."""
    page = desk().signs_in("sari")
    page.locator("#inbox").wait_for()

    def call(module: str, name: str, *given: Any) -> Any:
        return page.evaluate(IMPORTED, [module, name, list(given)])

    return call


KEYS = [
    ({"key": "e", "code": "KeyE"}, "e"),
    ({"key": "E", "code": "KeyE", "shiftKey": True}, "shift+e"),
    ({"key": "E", "code": "KeyE"}, "e"),  # Caps Lock
    ({"key": "a", "code": "KeyQ"}, "a"),  # a French keyboard: what it says counts
    ({"key": "о", "code": "KeyJ"}, "j"),  # a Russian one: where it lies counts
    ({"key": "∆", "code": "KeyJ", "altKey": True}, "alt+j"),  # a Mac types with Option
    ({"key": "?", "code": "Slash", "shiftKey": True}, "?"),
    ({"key": "?", "code": "Minus", "shiftKey": True}, "?"),  # a German keyboard
    ({"key": "k", "code": "KeyK", "metaKey": True}, "mod+k"),
    ({"key": "K", "code": "KeyK", "ctrlKey": True, "shiftKey": True}, "mod+shift+k"),
    ({"key": "Enter", "code": "Enter", "ctrlKey": True}, "mod+Enter"),
    ({"key": " ", "code": "Space"}, "Space"),
]


def test_a_key_is_called_the_same_on_every_keyboard(ask: Callable[..., Any]) -> None:
    assert [ask("keys", "chord", pressed) for pressed, _name in KEYS] == [name for _p, name in KEYS]


@pytest.mark.parametrize(
    ("begin", "end"), [("08:00", "17:00"), ("22:00", "06:00"), ("08:00", "08:00")]
)
def test_working_hours_are_the_same_here_and_there(
    ask: Callable[..., Any], begin: str, end: str
) -> None:
    """The page and the server must agree, hour by hour, over the edge of a week."""
    days = [0, 4]
    times = [datetime.fromisoformat(f"2026-01-01 {clock}").time() for clock in (begin, end)]
    hours = Hours(frozenset(days), *times)
    moments = [
        datetime(2026, 11, day, hour, minute, tzinfo=ZONE)
        for day in range(22, 30)
        for hour, minute in ((0, 0), (5, 59), (6, 0), (7, 59), (8, 0), (16, 59), (17, 0), (22, 0))
    ]
    given = {"days": days, "begin": begin, "end": end}
    for moment in moments:
        there = hours.covers(moment)
        here = ask("attention", "isWorking", given, "Asia/Jayapura", moment.timestamp() * 1000)
        assert here is there, moment


@pytest.mark.parametrize(
    ("text", "wanted", "fits"),
    [
        ("Resolve and open the next", "resolve", True),
        ("Resolve and open the next", "ron", True),
        ("Resolve and open the next", "rsv", False),
        ("Archive", "arc", True),
        ("Open, then into the messages", "not", False),
        ("Selesai dan buka berikutnya", "sdb", True),
        ("Selesai", "zz", False),
    ],
)
def test_what_is_typed_finds_words_and_their_beginnings(
    ask: Callable[..., Any], text: str, wanted: str, fits: bool
) -> None:
    assert (ask("palette", "fit", text, wanted) > 0) is fits
