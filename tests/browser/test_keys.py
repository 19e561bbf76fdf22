"""Keys and the palette: a whole case without a mouse, own keys, and who hears what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bench.product import Product
from tests.browser.faults import faults_of
from tests.browser.test_story import eventually, row

pytestmark = pytest.mark.timeout(180)
WORKSPACE = "/w/toko-nusantara"


def open_number(page: Any) -> str | None:
    head = page.locator("#thread-head .thread-head")
    return head.get_attribute("data-number") if head.count() else None


def test_a_whole_case_without_a_mouse(desk: Callable[..., Any], product: Product) -> None:
    """Sign in, find by palette, accept, look at the details, answer and resolve in one go."""
    product.customer_says("Semua dengan tombol", "6281355500411", "Larasati Tombol")
    one = desk()
    page, keys = one.page, one.page.keyboard
    page.goto(product.url)
    keys.type("sari@toko-nusantara.example")
    keys.press("Tab")
    keys.type("nusantara-2026")
    keys.press("Enter")
    page.wait_for_url("**/inbox/**")
    row(page, "Larasati Tombol").wait_for(timeout=30_000)

    keys.press("Control+k")
    keys.type("larasati")
    page.get_by_role("option", name="Larasati Tombol #").wait_for()
    keys.press("Enter")
    page.locator("#log .msg", has_text="Semua dengan tombol").wait_for()
    keys.press("i")
    page.locator("#thread-head [data-key=resolve]").wait_for()
    keys.press("Escape")
    keys.press("]")
    page.locator("#contact").wait_for(state="hidden")
    keys.press("]")
    page.locator("#contact").wait_for()
    keys.press("?")
    page.get_by_role("dialog").get_by_text("Selesai dan buka berikutnya").first.wait_for()
    keys.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    keys.press("r")
    keys.type("Siap, selesai dengan tombol")
    keys.press("Control+Shift+Enter")
    row(page, "Larasati Tombol").wait_for(state="detached")
    eventually(lambda: "selesai dengan tombol" in str(product.ledger()))
    keys.press("g")
    keys.press("m")
    page.wait_for_url("**view=mine**")
    assert one.complaints == []


def test_the_palette_is_a_combobox_and_opens_quickly(
    desk: Callable[..., Any], product: Product
) -> None:
    page = desk().signs_in("sari")
    page.locator("#inbox li.row, #rows-empty").first.wait_for(state="attached")
    for _again in range(5):
        page.keyboard.press("Control+k")
        page.get_by_role("combobox").wait_for()
        page.keyboard.press("Control+k")
        page.get_by_role("combobox").wait_for(state="hidden")
    took = page.evaluate("performance.getEntriesByName('palette').map((one) => one.duration)")
    print("palette opens in ms:", [round(one, 1) for one in took])
    assert sorted(took)[2] < 500
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox")
    first = field.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") != first
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.count() == 1
    assert chosen.get_attribute("id") == field.get_attribute("aria-activedescendant")
    page.keyboard.type("arsp")  # letters that follow one another are enough
    assert page.get_by_role("option").first.inner_text().startswith("Arsip")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=resolved**")
    page.keyboard.press("Control+k")
    assert page.get_by_role("option").first.inner_text().startswith("Arsip"), "recent first"
    page.keyboard.press("Escape")
    page.keyboard.press("?")  # at once: the field must not swallow it
    page.locator("#keysheet dl").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#keysheet").wait_for(state="hidden")
    page.keyboard.press("Control+k")
    page.keyboard.type("zzqqxx")
    page.locator("#palette [data-nothing]").wait_for()


def test_own_keys_count_at_once_and_single_keys_can_be_turned_off(
    desk: Callable[..., Any], product: Product
) -> None:
    product.customer_says("Tombol sendiri", "6281355500412", "Ketut Sendiri")
    page = desk().signs_in("budi")
    row(page, "Ketut Sendiri").wait_for(timeout=30_000)
    settings = f"{product.url}{WORKSPACE}/settings/keys/"
    page.goto(settings)
    page.get_by_label("Percakapan berikutnya").press("b")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Tersimpan").wait_for()
    page.goto(f"{product.url}{WORKSPACE}/inbox/")
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert open_number(page) is None
    page.keyboard.press("b")
    page.locator("#thread-head h2").wait_for()

    page.goto(settings)
    page.get_by_label("Percakapan sebelumnya").press("b")
    page.get_by_role("button", name="Simpan").click()
    assert page.get_by_role("alert").count() >= 2
    page.get_by_role("button", name="Kembalikan semua tombol").click()
    page.get_by_text("kembali seperti semula").wait_for()
    page.get_by_label("Pakai tombol tunggal").uncheck()
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Tersimpan").wait_for()
    page.goto(f"{product.url}{WORKSPACE}/inbox/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    page.wait_for_timeout(300)
    assert open_number(page) is None
    assert not page.get_by_role("dialog").count()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").wait_for()
    page.keyboard.press("Escape")
    page.goto(settings)
    page.get_by_role("button", name="Kembalikan semua tombol").click()
    page.get_by_text("kembali seperti semula").wait_for()


def test_no_key_is_heard_while_an_input_method_composes(
    desk: Callable[..., Any], product: Product
) -> None:
    page = desk().signs_in("sari")
    page.locator("#inbox").wait_for()
    press = """(more) => document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: "?", code: "Slash", bubbles: true, ...more }))"""
    page.evaluate(press, {"isComposing": True})
    page.evaluate(press, {"keyCode": 229})
    assert not page.get_by_role("dialog").count()
    page.evaluate(press, {})
    page.get_by_role("dialog").wait_for()


def test_widths_and_panels_are_as_they_were_left(
    desk: Callable[..., Any], product: Product
) -> None:
    page = desk().signs_in("budi")
    split = page.get_by_role("separator")
    split.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert split.get_attribute("aria-valuenow") == "508"
    box = page.locator("#list").bounding_box()
    assert box
    assert abs(box["width"] - 508) < 1
    edge = box["x"] + box["width"]
    with page.expect_response("**/settings/look/"):
        page.mouse.move(edge, 300)
        page.mouse.down()
        page.mouse.move(edge - 128, 300, steps=4)
        page.mouse.up()
    width = split.get_attribute("aria-valuenow")
    assert width == "380"
    page.reload()
    assert page.get_by_role("separator").get_attribute("aria-valuenow") == width
    box = page.locator("#list").bounding_box()
    assert box
    assert abs(box["width"] - 380) < 1
    with page.expect_response("**/settings/look/"):
        page.get_by_role("separator").dblclick()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["id-ID", "en-GB"])
def test_palette_sheet_and_editors_are_accessible(
    desk: Callable[..., Any], product: Product, scheme: str, locale: str
) -> None:
    product.customer_says("Apakah mudah diakses?", "6281355500413", "Gede Akses")
    page = desk(color_scheme=scheme, locale=locale).signs_in("sari")
    page.goto(f"{product.url}{WORKSPACE}/inbox/?view=all")
    row(page, "Gede Akses").wait_for(timeout=30_000)
    row(page, "Gede Akses").locator("a.row-link").click()
    page.locator("#contact [data-edit=note]").click()
    assert faults_of(page, deep=True) == []
    page.keyboard.press("Escape")
    page.locator("#contact [data-detail='']").click()
    assert faults_of(page, deep=True) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("gede")
    page.get_by_role("option", name="Gede Akses #").wait_for()
    assert faults_of(page, deep=True) == []
    page.keyboard.press("Escape")
    page.locator("#log").focus()
    page.keyboard.press("?")
    page.locator("#keysheet dl").first.wait_for()
    assert faults_of(page, deep=True) == []


@pytest.mark.parametrize("size", [(320, 640), (720, 450)], ids=["320 px", "200 %"])
def test_nothing_is_lost_where_there_is_little_room(
    desk: Callable[..., Any], product: Product, size: tuple[int, int]
) -> None:
    """320 px, and 1440 by 900 at a zoom of 200 %."""
    product.customer_says("Layar kecil", "6281355500414", "Putu Kecil")
    width, height = size
    page = desk(viewport={"width": width, "height": height}).signs_in("budi")
    page.goto(f"{product.url}{WORKSPACE}/inbox/?view=all")
    row(page, "Putu Kecil").wait_for(timeout=30_000)
    row(page, "Putu Kecil").locator("a.row-link").click()
    page.locator("#log .msg", has_text="Layar kecil").first.wait_for()
    assert faults_of(page, deep=False) == []
    page.locator("#thread-head [data-contact-toggle]").click()
    page.locator("#contact [data-edit=note]").click()
    assert faults_of(page, deep=False) == []
    page.keyboard.press("Escape")
    page.go_back()
    page.locator("#contact").wait_for(state="hidden")
    assert open_number(page), "the way back closed the details alone"
    page.go_back()
    page.locator("#list").wait_for()
    for name in ("profile", "notifications", "keys"):
        page.goto(f"{product.url}{WORKSPACE}/settings/{name}/")
        assert faults_of(page, deep=False) == []
    page.keyboard.press("Control+k")
    page.get_by_role("option").first.wait_for()
    assert faults_of(page, deep=False) == []
