"""Every page in both languages and themes, wide and on a phone: accessible, whole, calm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bench.product import Product
from tests.browser.faults import faults_of
from tests.browser.tour import ADMIN, ENTRANCE, LOOKS, WORKSPACE, Look

pytestmark = pytest.mark.timeout(300)
WHOLE = {"id-light-1440", "en-dark-390"}  # here axe looks at every page
OWN = {"profile", "notifications", "keys"}
WEIGHTY = {"login", "inbox-queue", "conversation", "members", "channel"} | OWN  # always


def look_at(one: Any, product: Product, pages: dict[str, str], look: Look) -> dict[str, list[str]]:
    wrong = {}
    for name, path in pages.items():
        one.page.goto(product.url + path)
        assert one.page.locator("html").get_attribute("lang") == look.language
        if faults := faults_of(one.page, look.name in WHOLE or name in WEIGHTY):
            wrong[name] = faults
    noise = [text for text in one.complaints if "404" not in text]
    return wrong | ({"console": noise} if noise else {})


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_page_is_whole_and_accessible(
    desk: Callable[..., Any], product: Product, look: Look
) -> None:
    one = desk(**look.options)
    assert look_at(one, product, ENTRANCE, look) == {}
    one.signs_in("admin")
    product.customer_says("Halo, ini pesan dengan nama panjang", "6281355500166", "R" * 60)
    one.page.locator("#inbox li.row").first.wait_for(timeout=30_000)
    number = one.page.locator("#inbox li.row").first.get_attribute("data-number")
    pages = {**ADMIN, "conversation": f"{WORKSPACE}/inbox/{number}/"}
    assert look_at(one, product, pages, look) == {}


def test_budgets_of_scripts_and_styles(desk: Callable[..., Any], product: Product) -> None:
    """Scripts under 60 KB and styles under 30 KB compressed, and no other host is asked."""
    one = desk()
    sizes: dict[str, int] = {}
    hosts: set[str] = set()

    def count(response: Any) -> None:
        hosts.add(response.url.split("/")[2].split(":")[0])
        kind = response.request.resource_type
        if kind in ("script", "stylesheet"):
            length = response.request.sizes()["responseBodySize"]
            sizes[kind] = sizes.get(kind, 0) + length

    one.page.on("response", count)
    one.signs_in("sari")
    one.page.wait_for_load_state("networkidle")
    assert 0 < sizes["script"] < 60_000
    assert 0 < sizes["stylesheet"] < 30_000
    assert hosts == {"127.0.0.1"}


def test_from_sign_in_to_resolve_by_keyboard_alone(
    desk: Callable[..., Any], product: Product
) -> None:
    product.customer_says("Papan ketik saja", "6281355500155", "Kirana Putri")
    one = desk()
    page = one.page
    page.goto(product.url)
    page.keyboard.type("budi@toko-nusantara.example")
    page.keyboard.press("Tab")
    page.keyboard.type("nusantara-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox/**")
    page.locator("#inbox li.row", has_text="Kirana Putri").wait_for(timeout=30_000)
    for _step in range(60):
        page.keyboard.press("j")
        page.wait_for_timeout(150)
        if "Kirana Putri" in page.locator("#thread-head").inner_text():
            break
        page.keyboard.press("Enter")
        page.wait_for_timeout(250)
        if "Kirana Putri" in page.locator("#thread-head").inner_text():
            break
    page.keyboard.press("i")
    page.locator("#thread-head").get_by_role("button", name="Selesai").wait_for()
    page.keyboard.press("r")
    page.keyboard.type("Siap, Kak")
    page.keyboard.press("Control+Enter")
    page.locator("#log .msg.out", has_text="Siap, Kak").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.locator("#inbox li.row", has_text="Kirana Putri").wait_for(state="detached")
