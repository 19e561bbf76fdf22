"""What can be sent besides words: files, quotes, reactions, buttons, places, templates."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bench.product import Product
from tests.browser import demo
from tests.browser.demo import DAY, WORKSPACE
from tests.browser.faults import faults_of
from tests.browser.test_trouble import opened, received, taken

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(180)
PHOTO = {"name": "foto produk.jpg", "mimeType": "image/jpeg", "buffer": demo.picture()}
PAPER = {"name": "faktur.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}
CONTROL_ENTER = "Control+Enter"


def mine(page: Page, selector: str = "") -> Any:
    return page.locator(f"#log .msg.out{selector}")


def delivered(bubble: Any) -> None:
    demo.patiently(lambda: bubble.get_attribute("data-state") in ("delivered", "read"))


def chosen(page: Page, *files: Any) -> None:
    """Choose files; they are at the server when the bars are gone."""
    before = page.locator("#tray .chip").count()
    page.set_input_files("#file-input", list(files))
    demo.patiently(lambda: page.locator("#tray .chip").count() == before + len(files))
    demo.patiently(lambda: page.locator("#tray progress:visible").count() == 0)


def tool(page: Page, bubble: Any, name: str) -> None:
    bubble.hover()
    page.click(f".msg-tools [data-tool={name}]")


def dialog(page: Page, kind: str) -> Any:
    page.click("#plus")
    page.click(f"#plus-menu [data-extra={kind}]")
    page.locator("dialog#dialog[open]").wait_for()
    return page.locator("dialog#dialog")


def test_a_photo_with_words_and_a_paper(desk: Callable[..., Any], product: Product) -> None:
    one = desk()
    page = one.signs_in("sari")
    opened(page, product, taken(product, "sari", "Rina Foto", "6281355500401"))
    chosen(page, PHOTO, PAPER)
    assert faults_of(page, deep=True) == []
    page.fill("#composer textarea", "Ini barangnya")
    page.keyboard.press(CONTROL_ENTER)
    demo.patiently(lambda: mine(page, "[data-message]").count() == 2)
    photo, paper = mine(page).nth(0), mine(page).nth(1)
    delivered(photo)
    delivered(paper)
    assert photo.locator("a.photo img").count() == 1
    assert "Ini barangnya" in photo.inner_text()
    assert "faktur.pdf" in paper.inner_text()
    assert page.locator("#tray .chip").count() == 0
    assert received(product, "Ini barangnya") == 1
    with page.expect_download() as loading:
        paper.locator("a.tile").click()
    assert loading.value.suggested_filename == "faktur.pdf"
    assert one.complaints == []


def test_a_pasted_picture_and_one_that_is_taken_out(
    desk: Callable[..., Any], product: Product
) -> None:
    page = desk().signs_in("sari")
    opened(page, product, taken(product, "sari", "Rina Tempel", "6281355500402"))
    page.evaluate(
        """bytes => {
            const data = new DataTransfer();
            const type = 'image/jpeg';
            data.items.add(new File([new Uint8Array(bytes)], 'tempel.jpg', { type }));
            const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
            document.querySelector('#composer textarea').dispatchEvent(paste);
        }""",
        list(demo.picture(80, 60)),
    )
    chip = page.locator("#tray .chip")
    chip.wait_for()
    demo.patiently(lambda: chip.locator("img").is_visible())
    chip.locator("[data-remove]").click()
    chip.wait_for(state="detached")
    page.fill("#composer textarea", "Tanpa gambar")
    page.keyboard.press(CONTROL_ENTER)
    delivered(mine(page, "[data-message]"))
    assert mine(page, " a.photo").count() == 0


def test_what_does_not_fit_is_said_before_it_is_sent(
    desk: Callable[..., Any], product: Product
) -> None:
    page = desk().signs_in("sari")
    opened(page, product, taken(product, "sari", "Rina Besar", "6281355500403"))
    sound = {"name": "lagu.mp3", "mimeType": "audio/mpeg", "buffer": b"x" * 17_000_000}
    page.set_input_files("#file-input", [sound])
    demo.patiently(lambda: "lagu.mp3" in page.inner_text("#alerts"))
    program = {"name": "virus.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}
    page.set_input_files("#file-input", [program])
    demo.patiently(lambda: "virus.exe" in page.inner_text("#alerts"))
    assert page.locator("#tray .chip").count() == 0
    liar = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"MZ\x90\x00" * 300}
    page.set_input_files("#file-input", [liar])
    page.locator("#tray .chip.is-wrong").wait_for()


def test_files_outlive_a_send_that_failed(desk: Callable[..., Any], product: Product) -> None:
    one = desk()
    page = one.signs_in("sari")
    opened(page, product, taken(product, "sari", "Rina Putus", "6281355500404"))
    chosen(page, PHOTO)
    one.context.set_offline(True)
    page.fill("#composer textarea", "Terputus tadi")
    page.keyboard.press(CONTROL_ENTER)
    bubble = mine(page).filter(has_text="Terputus tadi")
    demo.patiently(lambda: bubble.get_attribute("data-state") == "failed")
    one.context.set_offline(False)
    page.evaluate("document.querySelector('#log .msg[data-state=failed] [data-retry]')?.click()")
    demo.patiently(lambda: bubble.get_attribute("data-state") in ("delivered", "read"), 40)
    assert bubble.locator("a.photo").count() == 1
    assert received(product, "Terputus tadi") == 1


def test_quote_and_reaction(desk: Callable[..., Any], product: Product) -> None:
    page = desk().signs_in("sari")
    opened(page, product, taken(product, "sari", "Rina Kutip", "6281355500405"))
    theirs = page.locator("#log .msg.in").first
    tool(page, theirs, "reply")
    assert "Halo" in page.inner_text("#quoting")
    page.keyboard.type("Menjawab yang itu")
    page.keyboard.press(CONTROL_ENTER)
    answer = mine(page, "[data-message]").filter(has_text="Menjawab yang itu")
    delivered(answer)
    assert not page.locator("#quoting").is_visible()
    answer.locator("a.quote").click()
    assert theirs.evaluate("node => node === document.activeElement")

    tool(page, theirs, "react")
    assert faults_of(page, deep=True) == []
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    demo.patiently(lambda: "❤" in theirs.locator(".reacts").all_inner_texts().__str__())
    tool(page, theirs, "react")
    page.click("#emojis [aria-pressed=true]")
    theirs.locator(".reacts").wait_for(state="detached")


def test_bubbles_by_keyboard_alone(desk: Callable[..., Any], product: Product) -> None:
    page = desk().signs_in("sari")
    opened(page, product, taken(product, "sari", "Rina Papan", "6281355500406"))
    page.locator("#log").focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.classList.contains('msg')")
    tools = [page.evaluate("document.activeElement.dataset.tool") for _step in _tabs(page, 3)]
    assert tools == ["react", "reply", "copy"]


def _tabs(page: Page, times: int) -> Any:
    for step in range(times):
        page.keyboard.press("Tab")
        yield step


def test_buttons_and_what_was_tapped(desk: Callable[..., Any], product: Product) -> None:
    page = desk().signs_in("sari")
    phone = "6281355500407"
    opened(page, product, taken(product, "sari", "Rina Tombol", phone))
    sheet = dialog(page, "buttons")
    assert faults_of(page, deep=True) == []
    page.fill("#extra-text", "Tukar atau kembalikan?")
    page.fill("#extra-button-1", "Tukar")
    page.fill("#extra-button-2", "Tukar")
    assert sheet.locator(".preview li").count() == 2
    sheet.locator("button.primary").click()
    sheet.locator("[data-refused]").wait_for()
    page.fill("#extra-button-2", "Kembalikan")
    sheet.locator("button.primary").click()
    sheet.wait_for(state="hidden")
    bubble = mine(page, "[data-message]").filter(has_text="Tukar atau kembalikan?")
    delivered(bubble)
    assert bubble.locator(".offer li").all_inner_texts() == ["Tukar", "Kembalikan"]
    _taps(product, phone, "Kembalikan")
    page.locator("#log .msg.in .is-choice", has_text="Kembalikan").wait_for(timeout=30_000)


def _taps(product: Product, phone: str, title: str) -> None:
    number = product.number["phone_number_id"]
    chat = httpx.get(f"{product.sandbox}/api/chats/{number}/{phone}", timeout=20).json()
    asked = [row for row in chat["bubbles"] if row.get("kind") == "buttons"][-1]
    said = {"number": number, "from": phone, "wamid": asked["wamid"], "id": title}
    address = f"{product.sandbox}/api/customers/tap"
    httpx.post(address, json=said, timeout=20).raise_for_status()


def test_a_place_and_a_list(desk: Callable[..., Any], product: Product) -> None:
    page = desk().signs_in("sari")
    opened(page, product, taken(product, "sari", "Rina Tempat", "6281355500408"))
    sheet = dialog(page, "location")
    page.fill("#extra-map", "https://www.openstreetmap.org/#map=17/-6.19440/106.82290")
    assert page.input_value("#extra-latitude") == "-6.19440"
    page.fill("#extra-name", "Toko Nusantara")
    sheet.locator("button.primary").click()
    place = mine(page, "[data-message]").filter(has_text="Toko Nusantara")
    delivered(place)
    link = place.locator("a[href*='openstreetmap.org']").get_attribute("href")
    assert (
        link
        == "https://www.openstreetmap.org/?mlat=-6.194400&mlon=106.822900#map=16/-6.194400/106.822900"
    )

    sheet = dialog(page, "list")
    page.fill("#extra-text", "Jam berapa?")
    page.fill("#extra-button", "Lihat jam")
    page.fill("#extra-row-1", "08.00")
    page.fill("#extra-row-1-more", "Kurir pagi")
    sheet.locator("[data-add-row]").click()
    page.keyboard.type("13.00")
    sheet.locator("button.primary").click()
    rows = mine(page, "[data-message]").filter(has_text="Jam berapa?")
    delivered(rows)
    rows.locator("summary").click()
    assert rows.locator("li b").all_inner_texts() == ["08.00", "13.00"]


def test_only_a_template_when_the_window_is_closed(
    desk: Callable[..., Any], product: Product
) -> None:
    admin = demo.Agent(product, "admin")
    admin.post("settings/channels/1/templates/sync/")
    demo.wrote(product, "Wayan Lama", "6281355500409", DAY + 60, "Selamat malam")
    sari = demo.Agent(product, "sari")
    number = sari.number_of("Wayan Lama")
    sari.post(f"inbox/{number}/accept/")
    page = desk().signs_in("sari")
    opened(page, product, number)
    page.click("#refusal-template")
    sheet = page.locator("dialog#dialog")
    usable = sheet.locator(".pick:has(input:enabled)")
    usable.first.wait_for()
    index = _with_values_alone(page, usable)
    values = sheet.locator("#chosen input[name^='value:']")
    for place in range(values.count()):
        values.nth(place).fill(f"Nilai{place}")
    assert faults_of(page, deep=True) == []
    assert "Nilai0" in sheet.locator(".preview").inner_text()
    assert sheet.locator(".price").inner_text()
    sheet.locator("#chosen button.primary").click()
    sheet.wait_for(state="hidden")
    bubble = mine(page, "[data-message]").first
    delivered(bubble)
    assert "Nilai0" in bubble.inner_text()
    assert index >= 0


def _with_values_alone(page: Page, usable: Any) -> int:
    """Choose the first template that needs words and no file."""
    for index in range(usable.count()):
        usable.nth(index).click()
        page.locator("#chosen form").wait_for()
        time.sleep(0.4)
        if (
            page.locator("#chosen .preview mark").count()
            and not page.locator("[data-upload]").count()
        ):
            return index
    return -1


def test_typing_is_told_to_the_customer(desk: Callable[..., Any], product: Product) -> None:
    page = desk().signs_in("sari")
    opened(page, product, taken(product, "sari", "Rina Ketik", "6281355500410"))
    with page.expect_response("**/typing/") as told:
        page.locator("#composer textarea").press_sequentially("Sebentar")
    assert told.value.status == 204
    assert WORKSPACE in told.value.url
