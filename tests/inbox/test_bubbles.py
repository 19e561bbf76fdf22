"""Words, links and numbers of a bubble: nothing that a customer writes becomes markup."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from inbox.links import safe_url
from inbox.templatetags.bubbles import (
    amount,
    answer,
    earlier_words,
    linked,
    map_url,
    only_emoji,
    reactions_of,
    total,
)
from inbox.templatetags.drafts import slotted
from inbox.templatetags.files import boxed, ending

REL = 'target="_blank" rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Halo <b>Kak</b>", "Halo &lt;b&gt;Kak&lt;/b&gt;"),
        ("https://a.example/x.", f'<a href="https://a.example/x" {REL}>https://a.example/x</a>.'),
        ("(www.a.example)", f'(<a href="https://www.a.example" {REL}>www.a.example</a>)'),
        (
            "http://a.example/(b)?c=1&d=2",
            f'<a href="http://a.example/(b)?c=1&amp;d=2" {REL}>http://a.example/(b)?c=1&amp;d=2</a>',
        ),
        ("javascript:alert(1)//https://", "javascript:alert(1)//https://"),
        ("data:text/html,http://", "data:text/html,http://"),
        ("ftp://a.example", "ftp://a.example"),
        ("https://[bad", "https://[bad"),
    ],
)
def test_links_are_of_the_web_and_everything_is_escaped(text: str, shown: str) -> None:
    assert linked(text) == shown


def test_a_link_can_not_leave_its_attribute() -> None:
    html = linked('https://a.example/"onmouseover="alert(1) https://b.example/\'x')
    assert 'onmouseover="' not in html
    assert html.count("<a ") == 2


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//a.example", "", None, "https://", "x"])
def test_what_is_no_address_of_the_web_is_no_link(url: Any) -> None:
    assert safe_url(url) == ""


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("😂", True),
        ("👍🏽👍🏽", True),
        ("👨\u200d👩\u200d👧", True),
        ("🇮🇩", True),
        ("❤️ 🙏 😂", True),
        ("😂😂😂😂", False),
        ("ok 👍", False),
        ("123", False),
        ("", False),
    ],
)
def test_up_to_three_emoji_alone_are_large(text: str, alone: bool) -> None:
    assert only_emoji(text) is alone


def test_a_map_has_points_in_every_language() -> None:
    with translation.override("id"):
        url = map_url({"latitude": -6.1944, "longitude": 106.8229})
    assert url.endswith("?mlat=-6.194400&mlon=106.822900#map=16/-6.194400/106.822900")
    assert map_url({"latitude": 'x"><script>', "longitude": 1}) == ""


def test_an_order_adds_up_in_one_currency() -> None:
    jacket = {"quantity": 2, "price": 249000, "currency": "IDR"}
    with translation.override("id"):
        assert amount(jacket) == "Rp\u00a0249.000"
        assert total([jacket, {**jacket, "quantity": 1}]) == "Rp\u00a0747.000"
    assert total([jacket, {**jacket, "currency": "USD"}]) == ""
    assert total([{"quantity": 1}]) == ""


def test_reactions_are_counted_and_those_taken_back_are_none() -> None:
    given = {"c:1": {"emoji": "👍"}, "c:2": {"emoji": "👍"}, "us": {"emoji": ""}}
    rows = reactions_of(SimpleNamespace(reactions=given))
    assert rows == [{"emoji": "👍", "count": 2, "ours": False}]


def test_earlier_words_are_all_but_the_newest() -> None:
    edits = [{"text": "dua"}, {"text": "tiga"}]
    assert earlier_words(SimpleNamespace(data={"edits": edits})) == [{"text": "dua"}]


def test_answers_of_a_form_are_words() -> None:
    assert answer(["a", {"b": 1}]) == "a, b: 1"
    assert answer(None) == "–"


def test_a_template_with_places_is_escaped() -> None:
    html = slotted("<i>{{1}}</i> {{ name }}", "body")
    assert html.startswith("&lt;i&gt;<mark ")
    assert 'data-shows="value:body.name"' in html


def test_a_picture_has_a_box_before_it_is_loaded() -> None:
    assert boxed(SimpleNamespace(width=1600, height=1200)) == (280, 210)
    assert boxed(SimpleNamespace(width=4000, height=200)) == (280, 72)
    assert boxed(SimpleNamespace(width=0, height=0)) == (280, 180)
    assert ending(SimpleNamespace(name="", content_type="application/pdf")) == "PDF"
