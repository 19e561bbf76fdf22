"""Words that are not lost, and colleagues who do not answer twice: several browsers at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bench.product import Product
from tests.browser import demo
from tests.browser.faults import faults_of
from tests.browser.test_composing import PHOTO, chosen, delivered, mine, tool
from tests.browser.test_trouble import opened, received, taken

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(180)
AREA = "#composer textarea"
SEND = "Control+Enter"


def types(page: Page, text: str) -> None:
    page.locator(AREA).focus()
    page.keyboard.type(text)


def kept(page: Page, text: str) -> None:
    """Type it, and wait until the server has it."""
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")) as saved:
        types(page, text)
    assert saved.value.status == 200


def shows(page: Page, text: str) -> None:
    demo.patiently(lambda: page.input_value(AREA) == text)


def badge(page: Page, number: int) -> Any:
    return page.locator(f"#rows [data-number='{number}'] .row-draft")


def test_a_draft_is_there_on_another_machine(desk: Callable[..., Any], product: Product) -> None:
    number = taken(product, "sari", "Putu Naskah", "6281355501501")
    one = desk()
    page = one.signs_in("sari")
    opened(page, product, number)
    chosen(page, PHOTO)
    tool(page, page.locator("#log .msg.in").first, "reply")
    kept(page, "Pesanan Ibu sudah")
    page.click("#composer [data-mode=note]")
    kept(page, "tanya gudang dulu")

    phone = desk(viewport={"width": 390, "height": 844}).signs_in("sari")
    phone.goto(f"{product.url}{demo.WORKSPACE}/inbox/?view=mine")
    assert "Pesanan Ibu sudah" in badge(phone, number).inner_text()
    phone.locator(f"#rows [data-number='{number}'] .row-link").click()
    shows(phone, "Pesanan Ibu sudah")
    assert phone.locator("#tray .chip").count() == 1
    assert "Halo" in phone.inner_text("#quoting")
    phone.click("#composer [data-mode=note]")
    shows(phone, "tanya gudang dulu")
    phone.click("#composer [data-mode=reply]")
    types(phone, " dikirim")
    phone.locator("#send").click()
    delivered(mine(phone, "[data-message]").last)
    assert mine(phone, " a.photo").count() == 1
    assert "Pesanan Ibu sudah dikirim" in mine(phone).last.inner_text()

    demo.patiently(lambda: page.locator("#tray .chip").count() == 0)
    page.click("#composer [data-mode=reply]")
    shows(page, "")
    assert badge(page, number).locator("span").inner_text() == "tanya gudang dulu"
    colleague = desk().signs_in("admin")
    colleague.goto(f"{product.url}{demo.WORKSPACE}/inbox/?view=all&q=Putu+Naskah")
    colleague.locator(f"#rows [data-number='{number}']").wait_for()
    assert badge(colleague, number).count() == 0
    assert one.complaints == []


def test_a_tab_that_dies_takes_no_words_with_it(desk: Callable[..., Any], product: Product) -> None:
    number = taken(product, "sari", "Putu Mati", "6281355501502")
    first = desk()
    page = first.signs_in("sari")
    opened(page, product, number)
    kept(page, "Sudah tersimpan")
    first.context.close()
    page = desk().signs_in("sari")
    opened(page, product, number)
    shows(page, "Sudah tersimpan")
    types(page, " dan sisanya")
    page.evaluate("location.href = '/account/password/change/'")  # at once, no pause in between
    page.wait_for_url("**/account/**")
    opened(page, product, number)
    shows(page, "Sudah tersimpan dan sisanya")


def test_a_save_that_is_held_up_does_not_bring_back_what_was_sent(
    desk: Callable[..., Any], product: Product
) -> None:
    number = taken(product, "sari", "Putu Telat", "6281355501503")
    page = desk().signs_in("sari")
    opened(page, product, number)
    held: list[Any] = []
    page.route("**/draft/", lambda route: route.continue_() if held else held.append(route))
    types(page, "Baik, kami proses")
    demo.patiently(lambda: page.wait_for_timeout(100) or held)
    page.keyboard.press(SEND)
    delivered(mine(page, "[data-message]").last)
    with page.expect_response("**/draft/") as late:
        held[0].continue_()
    page.unroute("**/draft/")
    assert late.value.status == 409
    page.wait_for_timeout(1500)
    shows(page, "")
    assert badge(page, number).count() == 0
    page.reload()
    shows(page, "")
    assert badge(page, number).count() == 0
    assert received(product, "Baik, kami proses") == 1


def test_two_who_answer_at_once(desk: Callable[..., Any], product: Product) -> None:
    number = taken(product, "sari", "Putu Berdua", "6281355501504")
    one, other = desk(), desk()
    sari, admin = one.signs_in("sari"), other.signs_in("admin")
    for page in (sari, admin):
        opened(page, product, number)
    types(sari, "Barang sedang dicek")
    types(admin, "Barang sudah dikirim")
    admin.keyboard.press(SEND)
    delivered(mine(admin, "[data-message]").last)
    sari.locator(AREA).focus()
    sari.keyboard.press(SEND)
    guard = sari.locator("dialog#guard[open]")
    guard.wait_for()
    assert "Barang sudah dikirim" in guard.inner_text()
    assert "Barang sedang dicek" in guard.inner_text()
    assert faults_of(sari, deep=True) == []
    sari.keyboard.press("Escape")
    shows(sari, "Barang sedang dicek")
    assert sari.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert received(product, "Barang sedang dicek") == 0
    sari.keyboard.type(", dan benar")
    sari.keyboard.press(SEND)
    demo.patiently(lambda: received(product, "Barang sedang dicek, dan benar") == 1)


def test_a_reply_that_waited_for_the_network_is_asked_about(
    desk: Callable[..., Any], product: Product
) -> None:
    """The agent is cut off, a colleague answers, the connection comes back."""
    number = taken(product, "sari", "Putu Putus", "6281355501505")
    one = desk()
    page = one.signs_in("sari")
    opened(page, product, number)
    one.context.set_offline(True)
    types(page, "Jawaban dari Sari")
    page.keyboard.press(SEND)
    demo.patiently(lambda: mine(page).last.get_attribute("data-state") == "failed")
    demo.Agent(product, "admin").replies(number, "Jawaban dari admin")
    one.context.set_offline(False)
    guard = page.locator("dialog#guard[open]")
    guard.wait_for(timeout=40_000)
    assert "Jawaban dari admin" in guard.inner_text()
    guard.locator("[data-answer=discard]").click()
    page.locator("#log .msg.out", has_text="Jawaban dari Sari").wait_for(state="detached")
    shows(page, "")
    page.wait_for_timeout(1500)
    assert received(product, "Jawaban dari Sari") == 0
    assert badge(page, number).count() == 0


def test_send_anyway_sends_once(desk: Callable[..., Any], product: Product) -> None:
    number = taken(product, "sari", "Putu Tetap", "6281355501506")
    page = desk().signs_in("sari")
    opened(page, product, number)
    types(page, "Tetap saya kirim")
    demo.Agent(product, "admin").replies(number, "Dari admin")
    page.locator(AREA).focus()
    page.keyboard.press(SEND)
    page.locator("dialog#guard[open] [data-answer=send]").click()
    demo.patiently(lambda: received(product, "Tetap saya kirim") == 1)
    delivered(mine(page, "[data-message]").last)
    assert page.locator("#log .msg.out", has_text="Tetap saya kirim").count() == 1


def test_who_else_is_here_is_shown_and_gone(desk: Callable[..., Any], product: Product) -> None:
    number = taken(product, "sari", "Putu Ramai", "6281355501507")
    one, other = desk(), desk(viewport={"width": 390, "height": 844})
    sari, admin = one.signs_in("sari"), other.signs_in("admin")
    opened(sari, product, number)
    height = sari.locator("#log").bounding_box()
    opened(admin, product, number)
    line = sari.locator("#here")
    demo.patiently(lambda: "Agus Salim" in line.inner_text())
    demo.patiently(lambda: "Sari" in admin.inner_text("#here"))
    row = sari.locator(f"#rows [data-number='{number}'] .row-here")
    row.wait_for()
    types(admin, "Se")
    demo.patiently(lambda: "membalas" in line.inner_text())
    assert row.get_attribute("data-writing") is not None
    assert sari.locator("#log").bounding_box() == height, "nothing jumps"
    assert faults_of(sari, deep=True) == []
    admin.click("#composer [data-mode=note]")
    types(admin, "catat")
    demo.patiently(lambda: "catatan" in line.inner_text())
    demo.patiently(lambda: "Agus Salim" in line.inner_text() and "catatan" not in line.inner_text())
    admin.locator("[data-back]").click()
    demo.patiently(lambda: line.inner_text() == "")
    assert row.count() == 0
    opened(admin, product, number)
    demo.patiently(lambda: "Agus Salim" in line.inner_text())
    other.context.set_offline(True)
    demo.patiently(lambda: line.inner_text() == "", seconds=40)
    assert one.complaints == []


def test_a_mention_arrives_and_is_read(desk: Callable[..., Any], product: Product) -> None:
    number = taken(product, "sari", "Putu Sebut", "6281355501508")
    one, other = desk(), desk()
    sari, admin = one.signs_in("sari"), other.signs_in("admin")
    opened(sari, product, number)
    admin.goto(f"{product.url}{demo.WORKSPACE}/inbox/?view=all")
    sari.click("#composer [data-mode=note]")
    types(sari, "Tolong @ag")
    popup = sari.locator("#suggest")
    popup.locator("li", has_text="Agus Salim").wait_for()
    assert faults_of(sari, deep=True) == []
    sari.keyboard.press("Escape")
    popup.wait_for(state="hidden")
    assert sari.evaluate("document.activeElement.tagName") == "TEXTAREA", "only the list closes"
    sari.keyboard.press("Backspace")
    sari.keyboard.press("Backspace")
    sari.keyboard.press("Backspace")
    sari.keyboard.type("@")
    sari.locator("#suggest li").first.wait_for()
    sari.keyboard.press("ArrowDown")
    assert sari.locator("#suggest [aria-selected=true]").count() == 1
    sari.keyboard.type("agus")
    demo.patiently(lambda: popup.locator("li").count() == 1)
    sari.keyboard.press("Enter")
    shows(sari, "Tolong @Agus Salim ")
    sari.keyboard.press("Control+z")
    assert "@agus" in sari.input_value(AREA)
    sari.keyboard.press("Control+y")
    sari.keyboard.type("cek")
    sari.keyboard.press(SEND)
    chip = sari.locator("#log .note .mention")
    chip.wait_for()
    assert chip.inner_text() == "@Agus Salim"
    toast = admin.locator("#toasts .toast", has_text="Putu Sebut")
    toast.wait_for()
    demo.patiently(lambda: admin.inner_text(".has-count b") == "1")
    admin.locator("[data-view=mentioned]").click()
    row = admin.locator(f"#rows [data-number='{number}']")
    row.locator(".row-at").wait_for()
    assert faults_of(admin, deep=True) == []
    row.locator(".row-link").click()
    admin.locator("#log .note .mention").wait_for()
    demo.patiently(lambda: not admin.locator(".has-count b").is_visible())
    assert row.locator(".row-at").count() == 0
    assert one.complaints == []
    assert other.complaints == []


def test_an_ended_session_is_begun_again_over_the_page(
    desk: Callable[..., Any], product: Product
) -> None:
    number = taken(product, "sari", "Putu Habis", "6281355501509")
    one = desk()
    page = one.signs_in("sari")
    opened(page, product, number)
    types(page, "Masih di sini")
    one.context.clear_cookies(name="session")
    page.keyboard.press(SEND)
    dialog = page.locator("dialog#signin[open]")
    dialog.wait_for()
    assert faults_of(page, deep=True) == []
    assert dialog.locator("[name=login]").input_value() == "sari@toko-nusantara.example"
    page.keyboard.type("salah sekali")
    page.keyboard.press("Enter")
    dialog.locator("[data-problem]:not([hidden])").wait_for()
    page.fill("#signin-password", demo.PASSWORD)
    page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    delivered(mine(page, "[data-message]").last)
    assert received(product, "Masih di sini") == 1
    shows(page, "")

    one.context.clear_cookies(name="session")
    types(page, "Ini nanti")
    page.keyboard.press(SEND)
    dialog.wait_for()
    page.keyboard.press("Escape")
    demo.patiently(lambda: mine(page).last.get_attribute("data-state") == "failed")
    page.locator("#log .msg[data-state=failed] [data-retry]").click()
    dialog.wait_for()
    page.fill("#signin-password", demo.PASSWORD)
    page.keyboard.press("Enter")
    demo.patiently(lambda: received(product, "Ini nanti") == 1)
    product.customer_says("Saya masih menunggu", "6281355501509", "Putu Habis")
    page.locator("#log .msg.in", has_text="Saya masih menunggu").wait_for(timeout=30_000)


def test_nothing_is_written_into_a_conversation_that_is_being_left(
    desk: Callable[..., Any], product: Product
) -> None:
    first = taken(product, "sari", "Putu Satu", "6281355501510")
    other = taken(product, "sari", "Putu Dua", "6281355501511")
    page = desk().signs_in("sari")
    opened(page, product, first)
    types(page, "Untuk Satu")
    held: list[Any] = []
    page.route(f"**/inbox/{other}/thread/", lambda route: held.append(route))
    page.evaluate(f"document.querySelector('[data-number=\"{other}\"] .row-link').click()")
    demo.patiently(lambda: page.wait_for_timeout(50) or held)
    types(page, "!!")
    page.keyboard.press(SEND)
    held[0].continue_()
    demo.patiently(
        lambda: f"/{other}/" in page.url and page.inner_text("#thread-head h2") == "Putu Dua"
    )
    shows(page, "")
    types(page, "Untuk Dua")
    opened(page, product, first)
    shows(page, "Untuk Satu")
    assert received(product, "Untuk Satu") == 0


def test_words_that_are_too_many_to_be_kept_say_so_and_are_all_there(
    desk: Callable[..., Any], product: Product
) -> None:
    number = taken(product, "sari", "Putu Panjang", "6281355501512")
    page = desk().signs_in("sari")
    opened(page, product, number)
    page.locator(AREA).focus()
    page.keyboard.insert_text("baris\n" * 4000)
    assert len(page.input_value(AREA)) == 24_000, "nothing is cut off"
    assert "Terlalu panjang untuk disimpan" in page.inner_text("#composer-hint")
    leaves = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert page.evaluate(leaves), "whoever leaves is asked first"
    with page.expect_response("**/draft/") as saved:
        page.fill(AREA, "cukup")
    assert saved.value.status == 200
    assert not page.evaluate(leaves)


def test_what_is_typed_while_a_quick_reply_comes_is_kept(
    desk: Callable[..., Any], product: Product
) -> None:
    number = taken(product, "sari", "Putu Cepat", "6281355501513")
    page = desk().signs_in("sari")
    opened(page, product, number)
    held: list[Any] = []
    page.route("**/use/", lambda route: held.append(route))
    types(page, "Baik. /resi")
    page.locator("#suggest li", has_text="/resi").wait_for()
    page.keyboard.press("Enter")
    demo.patiently(lambda: page.wait_for_timeout(50) or held)
    page.keyboard.type(" Terima kasih")
    held[0].continue_()
    whole = "Baik. Boleh kirim nomor pesanannya? Saya cek sekarang juga. Terima kasih"
    shows(page, whole)
    page.keyboard.type("!")
    shows(page, f"{whole}!")
