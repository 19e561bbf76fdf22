"""A customer and two agents, as people: nothing lost, nothing doubled, no reload."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bench.product import Product

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(180)


def row(page: Page, name: str) -> Any:
    return page.locator("#inbox li.row", has_text=name)


def bubble(page: Page, text: str) -> Any:
    return page.locator("#log .msg", has_text=text)


def replies(product: Product, text: str) -> int:
    """How many times the provider received it."""
    return sum(text in str(line) for line in product.ledger())


def eventually(true: Callable[[], bool], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def test_a_customer_and_two_agents(desk: Callable[..., Any], product: Product) -> None:
    sari, budi = desk(), desk()
    for one, who in ((sari, "sari"), (budi, "budi")):
        one.signs_in(who)
    product.customer_says("Pesanan 8812 belum sampai", "6281355500177", "Rahmat Hidayat")
    for one in (sari, budi):
        row(one.page, "Rahmat Hidayat").wait_for(timeout=30_000)
        row(one.page, "Rahmat Hidayat").locator("a.row-link").click()
        bubble(one.page, "Pesanan 8812").wait_for()

    # Budi has not heard yet that Sari was faster: he is told by whom.
    budi.context.set_offline(True)
    sari.page.locator("#thread-head").get_by_role("button", name="Terima").click()
    sari.page.locator("#thread-head").get_by_role("button", name="Selesai").wait_for()
    budi.context.set_offline(False)
    # Look-up and click in one step: it may go any moment, when he hears of it.
    accept = "#thread-head [data-action=accept] button"
    budi.page.evaluate(f"document.querySelector('{accept}')?.click()")
    eventually(lambda: "Sari Wulandari" in budi.page.inner_text("body"))

    sari.page.fill("#composer textarea", "Saya cek dulu ya, Pak")
    sari.page.keyboard.press("Control+Enter")
    bubble(sari.page, "Saya cek dulu").wait_for()
    assert sari.page.input_value("#composer textarea") == ""
    sent = sari.page.locator("#log .msg.out", has_text="Saya cek dulu")
    eventually(lambda: sent.get_attribute("data-state") in ("delivered", "read"))
    assert sent.count() == 1
    assert replies(product, "Saya cek dulu") == 1

    sari.page.get_by_role("button", name="Catatan", exact=True).click()
    sari.page.fill("#composer textarea", "Paket tertahan di gudang")
    sari.page.keyboard.press("Control+Enter")
    sari.page.locator("#log .msg.note", has_text="tertahan di gudang").wait_for()
    assert replies(product, "tertahan di gudang") == 0
    sari.page.get_by_role("button", name="Balas", exact=True).click()

    sari.page.locator("#thread-head").get_by_role("button", name="Selesai").click()
    eventually(lambda: row(sari.page, "Rahmat Hidayat").count() == 0)
    product.customer_says("Sudah sampai, terima kasih", "6281355500177", "Rahmat Hidayat")
    row(sari.page, "Rahmat Hidayat").wait_for(timeout=30_000)
    row(sari.page, "Rahmat Hidayat").locator("a.row-link").click()
    bubble(sari.page, "Sudah sampai").wait_for()
    assert bubble(sari.page, "Pesanan 8812").count() == 0
    previous = sari.page.locator("#contact .past a").first
    previous.click()
    bubble(sari.page, "Pesanan 8812").wait_for()
    assert_calm(sari, budi)


def test_the_network_goes_and_comes_back(desk: Callable[..., Any], product: Product) -> None:
    sari = desk()
    page = sari.signs_in("sari")
    product.customer_says("Halo, masih buka?", "6281355500188", "Dewi Anggraini")
    row(page, "Dewi Anggraini").wait_for(timeout=30_000)
    row(page, "Dewi Anggraini").locator("a.row-link").click()
    page.locator("#thread-head").get_by_role("button", name="Terima").click()
    page.locator("#thread-head").get_by_role("button", name="Selesai").wait_for()

    sari.context.set_offline(True)
    product.customer_says("Saya tunggu jawabannya", "6281355500188", "Dewi Anggraini")
    page.fill("#composer textarea", "Ya, sampai jam sembilan")
    page.keyboard.press("Control+Enter")
    bubble(page, "sampai jam sembilan").wait_for()
    page.fill("#composer textarea", "setengah jadi")
    time.sleep(2)
    assert replies(product, "sampai jam sembilan") == 0
    sari.context.set_offline(False)

    bubble(page, "Saya tunggu jawabannya").wait_for(timeout=30_000)
    mine = page.locator("#log .msg.out", has_text="sampai jam sembilan")
    again = mine.get_by_role("button", name="Coba lagi")
    if again.count():
        again.click()
    eventually(lambda: mine.last.get_attribute("data-state") in ("sent", "delivered", "read"), 30)
    assert mine.count() == 1
    assert bubble(page, "Saya tunggu jawabannya").count() == 1
    assert page.input_value("#composer textarea") == "setengah jadi"
    assert replies(product, "sampai jam sembilan") == 1


def test_transfer_release_and_search(desk: Callable[..., Any], product: Product) -> None:
    sari, budi = desk(), desk()
    page, other = sari.signs_in("sari"), budi.signs_in("budi")
    product.customer_says("Faktur pajak bulan Oktober", "6281355500199", "Bagus Prakoso")
    row(page, "Bagus Prakoso").wait_for(timeout=30_000)
    row(page, "Bagus Prakoso").get_by_role("button").click()
    row(page, "Bagus Prakoso").wait_for(state="detached")
    eventually(lambda: row(other, "Bagus Prakoso").count() == 0)

    page.get_by_role("searchbox").fill("faktur oktober")
    page.keyboard.press("Enter")
    row(page, "Bagus Prakoso").locator("a.row-link").click()
    bubble(page, "Faktur pajak").wait_for()
    page.locator("#thread-head").get_by_text("Alihkan").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Budi Santoso").click()
    dialog.locator("textarea").fill("Tolong bantu")
    dialog.get_by_role("button", name="Alihkan").click()
    other.goto(f"{product.url}/w/toko-nusantara/inbox/?view=mine")
    row(other, "Bagus Prakoso").locator("a.row-link").click()
    other.locator("#log .msg.note", has_text="Tolong bantu").wait_for()
    other.locator("#thread-head").get_by_role("button", name="Lepas").click()
    page.goto(f"{product.url}/w/toko-nusantara/inbox/?view=queue")
    row(page, "Bagus Prakoso").wait_for()
    assert_calm(sari, budi)


def test_another_company_sees_nothing(desk: Callable[..., Any], product: Product) -> None:
    intan = desk()
    page = intan.signs_in("intan", "kopi-senja")
    product.customer_says("Hanya untuk Toko Nusantara", "6281355500200", "Nadia Kusuma")
    time.sleep(3)
    assert "Nadia" not in page.content()
    answer = page.goto(f"{product.url}/w/toko-nusantara/inbox/")
    assert answer
    assert answer.status == 404


def assert_calm(*desks: Any) -> None:
    """No page had anything to say on its console, but that the network was away, or a 409."""
    for one in desks:
        real = [text for text in one.complaints if not expected(text)]
        assert real == []


def expected(text: str) -> bool:
    known = ("ERR_INTERNET_DISCONNECTED", "status of 409", "ERR_NETWORK_CHANGED")
    return any(part in text for part in known)
