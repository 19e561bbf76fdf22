"""The customer's page, as a person uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import IdentityKey, Outgoing
from tests.sandbox.conftest import Sandbox
from tests.sandbox.graph import Graph

DEWI = "6281255500142"
LOOKS = [(1440, 900, "light"), (390, 844, "dark")]


@pytest.fixture(params=LOOKS, ids=["desktop", "phone"])
def page(browser: Any, sandbox: Sandbox, request: Any) -> Iterator[Any]:
    width, height, scheme = request.param
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: line.type == "error" and problems.append(line.text))
    page.goto(sandbox.url)
    yield page
    context.close()
    assert [told for told in problems if "400" not in told] == []


def test_a_customer_writes_and_sees_the_answer_come(page: Any, sandbox: Sandbox) -> None:
    page.click("#customers button:has-text('Dewi')")
    page.fill("#write textarea", "Apakah ini masih ada?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".bubble.mine:has-text('masih ada') .is-taken")
    key = IdentityKey("whatsapp", DEWI)
    answer = Outgoing("ref-1", (key,), "Masih: https://toko.example/xl.")
    wamid = WhatsAppAdapter().send(answer, sandbox.channel)
    link = page.wait_for_selector(".bubble:not(.mine) a")
    assert link.get_attribute("href") == "https://toko.example/xl"
    sandbox.product.wait_for(
        lambda: any(
            status["id"] == wamid and status["status"] == "read"
            for status in sandbox.product.values("statuses")
        )
    )


def test_markup_is_shown_as_it_was_typed(page: Any, sandbox: Sandbox) -> None:
    sandbox.write("<img src=x onerror=alert(1)>", DEWI)
    page.click("#customers button:has-text('Dewi')")
    page.wait_for_selector(".bubble:has-text('<img')")
    assert page.query_selector(".bubble img") is None


def test_a_knob_works_and_the_page_speaks_both_languages(page: Any, sandbox: Sandbox) -> None:
    page.click("[data-pick-language='en']")
    page.wait_for_selector("text=New customer")
    if page.viewport_size["width"] < 900:
        page.click("#people [data-open-panel]")
    page.check(".knob:has-text('Service down') input")
    page.wait_for_selector(".knob.is-on:has-text('Service down')")
    assert sandbox.get("/api/knobs")["offline"] is True
    assert page.text_content("#turned") == "1"
    page.click("#reset")
    page.wait_for_selector(".knob:not(.is-on):has-text('Service down')")


def test_a_new_customer_can_be_made(page: Any, sandbox: Sandbox) -> None:
    page.click("#add")
    page.fill("[name=name]", "Wayan")
    page.fill("[name=phone]", "12")
    page.click("#new-customer .main")
    page.wait_for_selector("#new-customer .problem:not([hidden])")
    page.fill("[name=phone]", "+62 819 5550 0133")
    page.click("#new-customer .main")
    page.wait_for_selector("#customers button[aria-current='true']:has-text('Wayan')")


def test_the_page_is_accessible(page: Any, sandbox: Sandbox, graph: Graph) -> None:
    from axe_playwright_python.sync_playwright import Axe

    def check() -> None:
        page.wait_for_timeout(250)  # until what rises has risen: colours are mixed meanwhile
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []

    kinds = ("photo", "image"), ("voice", "audio"), ("invoice", "document"), ("video", "video")
    spot = {"number": graph.number, "from": DEWI}
    for sample, kind in kinds:
        sandbox.post("/api/customers/send", {**spot, "kind": kind, "sample": sample})
    sandbox.post("/api/customers/location", {**spot, "latitude": -6.1, "longitude": 106.8})
    sandbox.post("/api/customers/contact", {**spot, "name": "Budi", "phone": "+62 811-1"})
    answer = {"name": "sapa_kembali", "language": {"code": "id"}}
    wamid = graph.send("template", answer, DEWI).json()["messages"][0]["id"]
    sandbox.post("/api/customers/react", {**spot, "wamid": wamid, "emoji": "🙏"})
    page.click("#customers button:has-text('Dewi')")
    page.wait_for_selector(".bubble .taps")
    check()
    assert re.match("id|en", page.get_attribute("html", "lang"))
    page.click("#attach")
    check()
    page.click(".tile.is-contacts")
    page.keyboard.press("Escape")
    if page.viewport_size["width"] < 900:
        page.click(".top [data-open-panel]")
        page.click("[data-tab=who]")
    else:
        page.click("[data-tab=firm]")
        page.focus(".bubble.is-template .more")
        page.keyboard.press("Enter")
    check()
