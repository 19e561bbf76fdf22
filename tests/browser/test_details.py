"""The customer's details in place: two agents, one of whom was slower, and live for the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bench.product import Product
from tests.browser.test_story import row

pytestmark = pytest.mark.timeout(180)


def opened(desk: Callable[..., Any], who: str, name: str) -> Any:
    page = desk().signs_in(who)
    page.goto(page.url.split("?")[0] + "?view=all")
    row(page, name).wait_for(timeout=30_000)
    row(page, name).locator("a.row-link").click()
    page.locator("#contact [data-edit=note]").wait_for()
    return page


def test_two_agents_edit_one_customer(desk: Callable[..., Any], product: Product) -> None:
    product.customer_says("Data saya", "6281355500421", "Wulan Data")
    sari, budi = (opened(desk, who, "Wulan Data") for who in ("sari", "budi"))
    note = "#contact [data-edit=note]"

    # By keyboard: Enter opens, Esc leaves it, Enter saves and the focus stays.
    sari.focus("#contact [data-edit=email]")
    sari.keyboard.press("Enter")
    sari.keyboard.type("jkrn")
    sari.keyboard.press("Escape")
    assert sari.evaluate("document.activeElement.dataset.edit") == "email"
    assert sari.locator("#thread-head .thread-head").count() == 1, "Esc closed the field alone"
    sari.keyboard.press("Enter")
    sari.keyboard.type("tidak sah")
    sari.keyboard.press("Enter")
    sari.locator("#contact .editor .error").wait_for()
    assert sari.input_value("#contact .editor input") == "tidak sah", "what was typed is kept"
    sari.fill("#contact .editor input", "wulan@x.example")
    sari.keyboard.press("Enter")
    sari.locator("#contact [data-edit=email]", has_text="wulan@x.example").wait_for()
    budi.locator("#contact [data-edit=email]", has_text="wulan@x.example").wait_for()

    # Budi writes while Sari saves: his words stay, and he is told instead of overwriting hers.
    budi.click(note)
    budi.keyboard.type("dari Budi")
    sari.click(note)
    sari.keyboard.type("dari Sari")
    sari.keyboard.press("Enter")
    sari.locator(note, has_text="dari Sari").wait_for()
    budi.wait_for_timeout(1500)
    assert budi.input_value("#contact .editor textarea") == "dari Budi"
    budi.keyboard.press("Enter")
    budi.locator("#contact .editor .error", has_text="dari Sari").wait_for()
    assert budi.input_value("#contact .editor textarea") == "dari Budi"
    budi.keyboard.press("Enter")
    sari.locator(note, has_text="dari Budi").wait_for()

    # A new name goes to the head, to the list, and to the other page.
    sari.click("#contact [data-edit=name]")
    sari.keyboard.type("Wulan Baru")
    sari.keyboard.press("Tab")
    for page in (sari, budi):
        page.locator("#thread-head h2", has_text="Wulan Baru").wait_for()
        row(page, "Wulan Baru").wait_for()

    # Additional information
    sari.get_by_role("button", name="Tambah informasi").click()
    sari.keyboard.type("Ukuran")
    sari.keyboard.press("Tab")
    sari.keyboard.type("XL")
    sari.keyboard.press("Enter")
    budi.locator("#contact .extras", has_text="Ukuran").wait_for()
    sari.locator("#contact .extras [data-detail]").click()
    sari.get_by_role("button", name="Hapus informasi ini").click()
    budi.locator("#contact .extras", has_text="Ukuran").wait_for(state="detached")
