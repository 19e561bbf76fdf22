"""A newcomer's first answered chat: from the card, by clicks, without any provider."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from bench.product import Product
from tests.browser.conftest import PHONE
from tests.browser.faults import faults_of

pytestmark = pytest.mark.timeout(300)
FIVE_MINUTES = 300
COMPANY = "kopi-senja"


def test_a_new_owner_reaches_his_first_answered_chat_by_clicks(
    desk: Callable[..., Any], product: Product
) -> None:
    one, begun = desk(), time.monotonic()
    page = one.signs_in("owner", COMPANY)
    card = page.locator(".log .welcome")
    expect(card).to_contain_text("4 dari 5 selesai")
    card.get_by_role("button", name="Kirimi saya pesan uji").click()
    row = page.locator("#inbox li.row", has_text="Pelanggan uji")
    row.wait_for(timeout=30_000)
    row.click()
    page.locator("#thread-head").get_by_role("button", name="Terima").click()
    page.locator("#composer textarea").fill("Masih ada, Kak")
    page.locator("#composer").get_by_role("button", name="Kirim", exact=True).click()
    answer = page.locator("#log .msg.in", has_text="Terima kasih")
    answer.wait_for(timeout=30_000)
    expect(page.locator("#log .msg.out .tick.is-read")).to_be_visible(timeout=30_000)
    resolve = page.locator("#thread-head").get_by_role("button", name="Selesai")
    resolve.click()
    expect(resolve).to_have_count(0)
    page.goto(f"{product.url}/w/{COMPANY}/inbox/")
    expect(page.locator("#log .empty")).to_be_visible()
    expect(card).to_have_count(0)  # it was the last step that the demo had left
    assert time.monotonic() - begun < FIVE_MINUTES
    assert one.complaints == []


def test_the_card_goes_away_and_comes_back_from_the_menu_on_a_phone(
    desk: Callable[..., Any],
) -> None:
    one = desk(viewport=PHONE, locale="en-US", color_scheme="dark")
    page = one.signs_in("supervisor")
    fold = page.locator(".welcome-fold")
    fold.locator("summary").click()
    expect(fold.get_by_text("Accept your first conversation")).to_be_visible()
    assert faults_of(page, True) == []
    fold.get_by_role("button", name="Not now").click()
    expect(fold).to_have_count(0)
    page.locator("[popovertarget=profile-menu]").click()
    page.locator("#profile-menu").get_by_role("button", name="Getting started").click()
    expect(page.locator(".welcome-fold")).to_be_visible()


def test_a_fact_says_why_by_keyboard(desk: Callable[..., Any], product: Product) -> None:
    product.customer_says("Halo, mengapa lama?", "6281355500471", "Wayan Mengapa")
    page = desk().signs_in("admin")
    page.locator("#inbox li.row", has_text="Wayan Mengapa").click(timeout=30_000)
    why = page.locator("#log details.fact").first
    why.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(why.get_by_text("Masuk melalui")).to_be_visible()
    page.keyboard.press("Enter")
    expect(why.get_by_text("Masuk melalui")).to_be_hidden()
