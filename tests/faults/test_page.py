"""An agent watches the inbox in a browser while everything dies: the page heals by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, TypeVar

import httpx
import pytest

from tests.faults.evidence import fresh_rows, fresh_view
from tests.faults.killing import EVERYTHING, kill, nobody_restarts
from tests.faults.ordeal import Ordeal
from tests.faults.product import PASSWORD, Product
from tests.faults.sockets import View
from tests.faults.traffic import HOME

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.timeout(240)
HALF = "Sebentar, saya cek dulu ke gud"
T = TypeVar("T")
INBOX = f"/w/{HOME}/inbox/"


@pytest.fixture
def page(browser: Browser, product: Product) -> Generator[Page, None, None]:
    """Sari, signed in."""
    context = browser.new_context(base_url=product.web, locale="id-ID")
    page = context.new_page()
    page.goto("/")
    page.fill("input[name=login]", product.people[f"sari@{HOME}"].email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox/**")
    yield page
    context.close()


def test_the_page_heals_without_a_reload(product: Product, page: Page, ordeal: Ordeal) -> None:
    with ordeal:
        number = eventually(lambda: one_of_hers(product, ordeal))
        page.goto(f"{INBOX}{number}/?view=all")
        page.evaluate("window.neverReloaded = true")
        page.fill("#composer textarea", HALF)
        with nobody_restarts(product):
            ordeal.killed("everything", at=kill(product, *EVERYTHING))
            page.locator("#banner").wait_for(state="visible", timeout=20_000)
        page.locator("#banner.is-good").wait_for(state="visible", timeout=60_000)

    page.locator("#banner").wait_for(state="hidden", timeout=20_000)
    eventually(lambda: shows(page, number, hers(product, ordeal)))
    assert page.evaluate("window.neverReloaded")
    assert page.input_value("#composer textarea") == HALF

    say(product, phone_of(product, number), "Masih di sana, Kak?")
    say(product, "6281999000123", "Saya pelanggan baru")
    page.locator("#log .msg.in", has_text="Masih di sana, Kak?").wait_for(timeout=20_000)
    page.locator("#rows .row", has_text="Saya pelanggan baru").wait_for(timeout=20_000)
    assert page.input_value("#composer textarea") == HALF
    page.locator("#composer textarea").press_sequentially("ang")
    page.keyboard.press("Control+Enter")
    sent = page.locator("#log .msg.out", has_text=HALF + "ang")
    eventually(lambda: sent.get_attribute("data-state") == "delivered")
    ledger = httpx.get(f"{product.sandbox}/ledger", timeout=10, trust_env=False).text
    assert ledger.count(HALF + "ang") == 1


def hers(product: Product, ordeal: Ordeal) -> View:
    """What the API shows Sari now."""
    person = product.people[f"sari@{HOME}"]
    return fresh_view(product, person, ordeal.traffic.customers.phones)


def one_of_hers(product: Product, ordeal: Ordeal) -> int:
    """The number of a conversation that she handles; 0 if there is none yet. Only the list is
    read: while others work, what it shows may be theirs a moment later."""
    person = product.people[f"sari@{HOME}"]
    rows = fresh_rows(product, person, ordeal.traffic.customers.phones).items()
    return next((number for number, row in rows if row["assignee"] == person.member), 0)


def shows(page: Page, number: int, fresh: View) -> bool:
    """Whether list and thread are what a fresh read gives."""
    rows = {
        int(row["number"]): row["status"]
        for row in page.eval_on_selector_all(
            "#rows .row", "all => all.map(row => ({...row.dataset}))"
        )
    }
    bubbles = {
        int(bubble["message"]): bubble["state"]
        for bubble in page.eval_on_selector_all(
            "#log .msg[data-message]", "all => all.map(bubble => ({...bubble.dataset}))"
        )
    }
    wanted = {key: row["status"] for key, row in fresh.rows.items()}
    seen = {key: status for key, status in rows.items() if key >= min(wanted)}
    return seen == wanted and bubbles == fresh.messages[number]


def say(product: Product, phone: str, text: str) -> None:
    """A customer writes."""
    body = {"number": product.number(HOME)["phone_number_id"], "from": phone, "text": text}
    url = f"{product.sandbox}/api/customers/send"
    httpx.post(url, json=body, timeout=20, trust_env=False).raise_for_status()


def phone_of(product: Product, number: int) -> str:
    """Whom a conversation is with."""
    token = product.people[f"sari@{HOME}"].token
    answer = httpx.get(
        f"{product.web}/api/v1/conversations/{number}/",
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
        trust_env=False,
    )
    return str(answer.json()["contact"]["phone"]).lstrip("+")


def eventually(true: Callable[[], T], seconds: float = 20) -> T:
    """What it gives, once that is true."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)
    return found
