"""The browser of a session, in words."""

from __future__ import annotations

import pytest
from django.utils import translation

from accounts.templatetags.browsers import browser

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
EDGE = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


@pytest.mark.parametrize(
    ("agent", "called"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
        (EDGE, "Edge di Windows"),
        (SAFARI, "Safari di iPhone"),
        (f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} Chrome/140.0 Safari/537.36", "Chrome di And"),
        ("python-httpx/0.28.1", "python-httpx/0.28.1"),
        ("<b>" + "x" * 400, "<b>" + "x" * 57),
        ("", "Peramban tidak dikenal"),
    ],
)
def test_a_browser_has_the_name_that_people_know(agent: str, called: str) -> None:
    with translation.override("id"):
        assert browser(agent).startswith(called)
        assert len(browser(agent)) <= 60
