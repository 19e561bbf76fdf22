"""What customers send besides words, and what agents do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bench.product import Product
from tests.browser import demo
from tests.browser.demo import WORKSPACE
from tests.browser.faults import faults_of
from tests.browser.test_trouble import opened, taken

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(180)
CARD = {"name": "Budi Ekspedisi", "organization": "PT Cepat", "phone": "+6281355500599"}


def theirs(page: Page, kind: str) -> Any:
    return page.locator(f"#log .msg.in:has(.say.is-{kind})")


def photo_from(product: Product, name: str, phone: str, file: str, text: str = "") -> None:
    photo = (file, demo.picture(), "image/jpeg")
    demo.sends(product, name, phone, "image", file=photo, text=text)


def test_every_kind_is_shown_and_nothing_is_a_riddle(
    desk: Callable[..., Any], product: Product
) -> None:
    one = desk()
    page = one.signs_in("sari")
    name, phone = "Amina Serba", "6281355500501"
    opened(page, product, taken(product, "sari", name, phone))
    photo_from(product, name, phone, "a.jpg", "Ini <b>fotonya</b> https://toko.example/a?b=1&c=2")
    demo.sends(product, name, phone, "audio", sample="voice")
    demo.sends(product, name, phone, "video", sample="video")
    demo.sends(product, name, phone, "document", sample="invoice")
    demo.sends(product, name, phone, "sticker", sample="sticker")
    place = {"latitude": -6.1944, "longitude": 106.8229, "name": "Plaza"}
    demo.sends(product, name, phone, "location", data=place)
    demo.sends(product, name, phone, "contacts", data={"contacts": [CARD]})
    demo.wrote(product, name, phone, 0, "", kind="poll")
    for kind, part in (
        ("image", "a.photo img"),
        ("audio", "audio"),
        ("video", "video"),
        ("document", "a.tile"),
        ("sticker", "img.sticker"),
        ("location", "a[href*='openstreetmap.org']"),
        ("contacts", ".card-of form"),
    ):
        theirs(page, kind).locator(part).first.wait_for(timeout=25_000)
    page.locator("#log .say.is-odd", has_text="poll").wait_for(timeout=30_000)
    caption = theirs(page, "image").locator(".words")
    assert "<b>fotonya</b>" in caption.inner_text()
    link = caption.locator("a")
    assert link.get_attribute("href") == "https://toko.example/a?b=1&c=2"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    painted = "document.querySelector('#log a.photo img').naturalWidth > 0"
    demo.patiently(lambda: page.evaluate(painted))
    assert faults_of(page, deep=True) == []
    page.reload()
    theirs(page, "contacts").wait_for()
    assert faults_of(page, deep=True) == []
    assert one.complaints == []


def test_all_attachments_and_the_viewer_by_keyboard(
    desk: Callable[..., Any], product: Product
) -> None:
    page = desk().signs_in("sari")
    name, phone = "Amina Galeri", "6281355500502"
    number = taken(product, "sari", name, phone)
    photo_from(product, name, phone, "satu.jpg")
    photo_from(product, name, phone, "dua.jpg")
    demo.sends(product, name, phone, "document", sample="invoice")
    product.customer_says("Lihat https://toko.example/katalog", phone, name)
    opened(page, product, number)
    demo.patiently(lambda: page.locator("#log a.photo").count() == 2)
    page.locator("#log a.tile").wait_for(timeout=20_000)
    page.focus("#contact .link-row")
    page.keyboard.press("Enter")
    sheet = page.locator("dialog#dialog")
    sheet.locator(".grid a.photo").first.wait_for()
    assert sheet.locator(".grid a.photo").count() == 2
    assert faults_of(page, deep=True) == []

    sheet.locator(".grid a.photo").first.focus()
    page.keyboard.press("Enter")
    viewer = page.locator("dialog#viewer")
    viewer.wait_for()
    assert viewer.locator("[data-count]").inner_text() == "1 / 2"
    page.keyboard.press("ArrowRight")
    assert viewer.locator("[data-count]").inner_text() == "2 / 2"
    assert faults_of(page, deep=True) == []
    page.keyboard.press("Escape")
    viewer.wait_for(state="hidden")
    assert sheet.is_visible()

    sheet.locator(".tabs a[href*=files]").click()
    sheet.locator(".sent li", has_text="pdf").wait_for()
    sheet.locator(".tabs a[href*=links]").click()
    sheet.locator(".sent a[href='https://toko.example/katalog']").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.key") == "attachments"
    page.keyboard.press("]")  # without the details the way there is in the head
    page.click("#thread-head [data-key=attachments]")
    sheet.locator(".grid a.photo").first.wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.key") == "attachments"
    page.keyboard.press("]")

    page.goto(f"{product.url}{WORKSPACE}/inbox/{number}/attachments/?tab=links")
    page.locator(".sent a[href='https://toko.example/katalog']").wait_for()
    assert faults_of(page, deep=True) == []


def test_a_shared_card_is_saved(desk: Callable[..., Any], product: Product) -> None:
    page = desk().signs_in("sari")
    name, phone = "Amina Kartu", "6281355500503"
    opened(page, product, taken(product, "sari", name, phone))
    demo.sends(product, name, phone, "contacts", data={"contacts": [CARD]})
    card = theirs(page, "contacts").locator(".card-of")
    card.locator("button").click(timeout=30_000)
    card.locator(".saved").wait_for()
    page.reload()
    card.locator(".saved").wait_for()
    card.locator("button").click()
    page.locator("#toasts .toast").first.wait_for()


def test_a_channel_that_lost_its_access(desk: Callable[..., Any], product: Product) -> None:
    sari, admin = desk(), desk()
    page, office = sari.signs_in("sari"), admin.signs_in("admin")
    opened(page, product, taken(product, "sari", "Amina Putus", "6281355500504"))
    token = product.number["access_token"]
    product.turn(token_revoked=True)
    try:
        page.fill("#composer textarea", "Tunggu sebentar ya")
        page.keyboard.press("Control+Enter")
        bubble = page.locator("#log .msg.out[data-message]", has_text="Tunggu sebentar")
        page.locator(".notice-bar").wait_for(timeout=25_000)
        office.locator(".notice-bar a").wait_for(timeout=25_000)
        bubble.locator(".msg-meta .mark").wait_for(timeout=30_000)
        assert faults_of(page, deep=True) == []
        office.locator(".notice-bar a").click()
        office.wait_for_url("**/settings/channels/**")
        demo.patiently(lambda: office.evaluate("document.activeElement.name") == "access_token")
        assert faults_of(office, deep=True) == []
        product.turn(token_revoked=False)
        office.keyboard.type(token)
        office.keyboard.press("Enter")
        office.locator(".reconnect").wait_for(state="detached")
    finally:
        product.turn(token_revoked=False)
        demo.connected_again(product)
    page.locator(".notice-bar").wait_for(state="detached", timeout=25_000)
    demo.patiently(lambda: bubble.get_attribute("data-state") in ("delivered", "read"), 40)
    assert office.locator(".changes li").count() >= 2
    office.goto(f"{product.url}{WORKSPACE}/settings/channels/1/templates/")
    office.locator("form[action$='sync/'] button").click()
    office.locator("tbody tr").first.wait_for()
    assert faults_of(office, deep=True) == []
