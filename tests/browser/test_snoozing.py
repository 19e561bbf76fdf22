"""Putting aside and reading again, by key and by pointer, as two pages see it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import demo
from tests.browser.conftest import PHONE
from tests.browser.demo import WORKSPACE
from tests.browser.faults import faults_of
from tests.browser.test_trouble import taken

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def at(page: Any, product: Any, path: str) -> None:
    page.goto(f"{product.url}{WORKSPACE}/inbox/{path}")
    page.wait_for_selector("#rows", state="attached")


def test_by_key_it_goes_and_the_customer_brings_it_back(product: Any, desk: Any) -> None:
    number = taken(product, "budi", "Tunda Satu", "6281355500801")
    one, other = desk(), desk()
    page, second = one.signs_in("budi"), other.signs_in("budi")
    at(page, product, f"{number}/?view=mine")
    at(second, product, "?view=mine")
    row = f"#rows > [data-number='{number}']"
    expect(second.locator(row)).to_be_visible()
    page.keyboard.press("s")
    page.wait_for_selector("#dialog[open]")
    expect(page.locator("#dialog [value=hour]")).to_be_focused()
    assert faults_of(page, deep=True) == []
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Ditunda")
    for shown in (page, second):
        expect(shown.locator(row)).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("z")
    expect(page.locator(f"{row} .is-snoozed")).to_be_visible()
    page.keyboard.press("z")
    expect(second.locator(row)).to_be_visible()
    at(page, product, f"{number}/?view=mine")
    page.click("#thread-head [data-key=snooze]")
    page.click("#dialog [value=tomorrow]")
    expect(second.locator(row)).to_have_count(0)
    product.customer_says("Jadi bagaimana?", "6281355500801", "Tunda Satu")
    expect(second.locator(row)).to_be_visible(timeout=15_000)
    second.locator(f"{row} .row-link").click()
    expect(second.locator("#log .fact").last).to_contain_text("tidak ditunda lagi")
    assert not one.complaints + other.complaints


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE, "has_touch": True}])
def test_a_time_of_ones_own_and_back_again(product: Any, desk: Any, options: Any) -> None:
    number = taken(product, "budi", "Tunda Dua", "6281355500802")
    one = desk(**options)
    page = one.signs_in("budi")
    at(page, product, f"{number}/?view=snoozed")
    page.click("#thread-head [data-key=snooze]")
    page.wait_for_selector("#dialog[open]")
    page.click("#dialog .own-time .primary")  # nothing was given: the browser says so
    expect(page.locator("#dialog[open]")).to_be_visible()
    least = page.locator("#dialog input[name=until]").get_attribute("max")
    page.fill("#dialog input[name=until]", str(least))
    page.click("#dialog .own-time .primary")
    expect(page.locator("#dialog[open]")).to_have_count(0)
    row = page.locator(f"#rows > [data-number='{number}']")
    expect(row.locator(".is-snoozed")).to_be_attached()
    at(page, product, f"{number}/?view=snoozed")
    page.click("#thread-head [data-key=snooze]")
    assert faults_of(page, deep=True) == []
    page.click("#dialog [data-action=wake] button")
    expect(page.locator("#dialog[open]")).to_have_count(0)
    expect(row).to_have_count(0)
    assert not one.complaints


def test_many_are_snoozed_at_once(product: Any, desk: Any) -> None:
    numbers = [taken(product, "budi", f"Tunda Banyak {n}", f"628135550081{n}") for n in range(2)]
    one = desk()
    page = one.signs_in("budi")
    at(page, product, "?view=mine&q=Tunda+Banyak")
    for number in numbers:
        page.locator(f"#rows > [data-number='{number}'] .row-pick").check()
    page.click("#bulk [data-ask$='/snooze/']")
    page.click("#dialog [value=tomorrow]")
    expect(page.locator("#jobs, #toasts").first).to_be_attached()
    at(page, product, "?view=snoozed")
    for number in numbers:
        expect(page.locator(f"#rows > [data-number='{number}']")).to_be_visible()
    assert not one.complaints


def test_unread_again_until_it_is_opened(product: Any, desk: Any) -> None:
    number = taken(product, "budi", "Baca Lagi", "6281355500803")
    one = desk()
    page = one.signs_in("budi")
    at(page, product, f"{number}/?view=mine")
    row = f"#rows > [data-number='{number}']"
    expect(page.locator(f"{row} .unread")).to_have_count(0)
    demo.patiently(lambda: unread_in(page.title()) == unread(page, product))
    before = unread(page, product)
    page.keyboard.press("u")
    expect(page.locator(f"{row} .unread")).to_have_text(re.compile("1"))
    expect(page.locator(f"{row} .row-link")).to_be_focused()
    assert unread(page, product) == before + 1
    demo.patiently(lambda: unread_in(page.title()) == before + 1)
    page.keyboard.press("Enter")
    expect(page.locator("#log .new")).to_be_visible()
    expect(page.locator(f"{row} .unread")).to_have_count(0)
    demo.patiently(lambda: unread_in(page.title()) == before)
    page.keyboard.press("Control+k")
    page.keyboard.type("belum dibaca")
    page.keyboard.press("Enter")
    expect(page.locator(f"{row} .unread")).to_have_text(re.compile("1"))
    assert not one.complaints


def unread(page: Any, product: Any) -> int:
    """What the server says is unread of one's own."""
    told: int = page.request.get(f"{product.url}{WORKSPACE}/inbox/counts/").json()["unread"]
    return told


def unread_in(title: str) -> int:
    found = re.match(r"\((\d+)\) ", title)
    return int(found[1]) if found else 0
