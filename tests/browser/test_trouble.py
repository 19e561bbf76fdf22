"""What goes wrong between us and the provider, and what is more than one screen, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bench.product import Product
from tests.browser import demo
from tests.browser.demo import DAY, WORKSPACE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(180)
INBOX = f"{WORKSPACE}/inbox/"


def opened(page: Page, product: Product, number: int) -> None:
    page.goto(f"{product.url}{INBOX}{number}/?view=mine")
    page.locator("#log .msg").first.wait_for()


def taken(product: Product, who: str, name: str, phone: str) -> int:
    """A conversation of this agent."""
    agent = demo.Agent(product, who)
    product.customer_says("Halo", phone, name)
    number = agent.number_of(name)
    agent.post(f"inbox/{number}/accept/")
    return number


def sends(page: Page, text: str, state: str) -> Any:
    """Type and send; the bubble, as soon as it is in this state."""
    page.fill("#composer textarea", text)
    page.keyboard.press("Control+Enter")
    bubble = page.locator("#log .msg.out", has_text=text)
    demo.patiently(lambda: bubble.get_attribute("data-state") not in ("queued", "sending"))
    assert bubble.get_attribute("data-state") == state
    assert bubble.count() == 1
    return bubble


def received(product: Product, text: str) -> int:
    return sum(text in str(line) for line in product.ledger())


def test_a_refused_message_says_why_and_is_sent_again(
    desk: Callable[..., Any], product: Product
) -> None:
    page = desk().signs_in("sari")
    opened(page, product, taken(product, "sari", "Ahmad Fauzi", "6281355500301"))
    product.turn(fail_next=1, fail_code=131026)
    bubble = sends(page, "Nomor resi menyusul", "failed")
    assert "Pelanggan tidak bisa dihubungi lewat WhatsApp" in bubble.inner_text()
    bubble.get_by_role("button", name="Coba lagi").click()
    page.locator("#log .msg.out[data-state=delivered]", has_text="menyusul").wait_for()
    assert received(product, "Nomor resi menyusul") == 1


def test_what_may_have_been_sent_is_asked_about(desk: Callable[..., Any], product: Product) -> None:
    page = desk().signs_in("sari")
    opened(page, product, taken(product, "sari", "Maria Goretti", "6281355500302"))
    product.turn(garbage_next=1)
    first = sends(page, "Barangnya sudah dikirim", "unknown")
    assert "Mungkin sudah terkirim" in first.inner_text()
    first.get_by_role("button", name="Kirim lagi").click()
    page.locator("#log .msg.out[data-state=delivered]", has_text="Barangnya").wait_for()

    product.turn(garbage_next=1)
    second = sends(page, "Atau belum", "unknown")
    second.get_by_role("button", name="Buang").click()
    page.locator("#log .msg.out[data-state=discarded]", has_text="Atau belum").wait_for()
    assert second.locator(".msg-trouble button").count() == 0
    page.reload()
    page.locator("#log .msg.out[data-state=discarded]", has_text="Atau belum").wait_for()


def test_a_window_that_closed_at_the_provider_first(
    desk: Callable[..., Any], product: Product
) -> None:
    page = desk().signs_in("sari")
    phone = "6281355500303"
    opened(page, product, taken(product, "sari", "Komang Arini", phone))
    demo.close_window(product, phone)
    bubble = sends(page, "Masih di sana?", "failed")
    assert "Jendela 24 jam sudah tertutup" in bubble.inner_text()


def test_after_a_day_only_notes_can_be_written(desk: Callable[..., Any], product: Product) -> None:
    demo.wrote(product, "Wayan Sudarma", "6281355500304", DAY + 60, "Selamat malam")
    sari = demo.Agent(product, "sari")
    number = sari.number_of("Wayan Sudarma")
    sari.post(f"inbox/{number}/accept/")
    page = desk().signs_in("sari")
    opened(page, product, number)
    composer = page.locator("#composer")
    assert "Jendela 24 jam sudah tertutup" in composer.inner_text()
    assert not composer.locator("textarea").is_visible()
    page.keyboard.press("n")
    page.keyboard.type("Telepon besok pagi")
    page.keyboard.press("Control+Enter")
    page.locator("#log .msg.note", has_text="Telepon besok pagi").wait_for()
    product.customer_says("Saya di sini", "6281355500304", "Wayan Sudarma")
    page.locator("#log .msg.in", has_text="Saya di sini").wait_for(timeout=30_000)
    composer.get_by_role("button", name="Balas", exact=True).click()
    composer.locator("textarea").wait_for()


def test_older_messages_come_without_a_jump(desk: Callable[..., Any], product: Product) -> None:
    texts = [f"Pesan nomor {index}." for index in range(1, 121)]
    demo.wrote(product, "Lestari Panjang", "6281355500305", 3600, *texts)
    sari = demo.Agent(product, "sari")
    number = sari.number_of("Lestari")
    demo.patiently(
        lambda: "nomor 120." in sari.client.get(f"{INBOX}{number}/thread/").text, seconds=60
    )
    page = desk().signs_in("sari")
    page.goto(f"{product.url}{INBOX}{number}/")
    messages = page.locator("#log .msg")
    messages.first.wait_for()
    assert messages.count() <= 50
    oldest = messages.first
    words = oldest.inner_text()
    page.evaluate("document.getElementById('log').scrollTop = 200")
    demo.patiently(lambda: messages.count() > 60)
    same = page.locator("#log .msg", has_text=words.split("\n")[0]).first
    box, log = same.bounding_box(), page.locator("#log").bounding_box()
    assert box
    assert log
    assert log["y"] - 250 < box["y"] < log["y"] + log["height"], "it stays where it was"
    page.evaluate("document.getElementById('older')?.click()")  # scrolling may be faster
    page.locator("#log .msg", has_text="Pesan nomor 1.").wait_for()
    page.locator("#older").wait_for(state="detached")
    said = [re.sub(r"\D", "", text) for text in page.locator("#log .msg .say").all_inner_texts()]
    assert said == [str(index) for index in range(1, 121)]


def test_unread_ones_of_mine_stand_in_the_title(desk: Callable[..., Any], product: Product) -> None:
    phone, name = "6281355500306", "Putu Ayu"
    number = taken(product, "budi", name, phone)
    page = desk().signs_in("budi")
    opened(page, product, number)
    demo.patiently(lambda: name in page.title())
    page.locator(f"#rows [data-number='{number}'][data-unread='0']").wait_for()
    others = page.request.get(f"{product.url}{WORKSPACE}/inbox/counts/").json()["unread"]
    page.locator("#log").press("Escape")
    product.customer_says("Halo lagi", phone, name)
    demo.patiently(lambda: page.title().startswith(f"({others + 1}) Inbox"))
    page.locator(f"#inbox li.row[data-number='{number}'] a.row-link").click()
    left = f"({others}) " if others else ""  # what earlier stories have left
    demo.patiently(lambda: page.title().startswith(left + name))


def test_keys_only_where_nobody_types(desk: Callable[..., Any], product: Product) -> None:
    number = taken(product, "budi", "Made Wirawan", "6281355500307")
    page = desk().signs_in("budi")
    opened(page, product, number)
    page.keyboard.press("r")
    page.keyboard.type("jkenit/o")
    assert page.input_value("#composer textarea") == "jkenit/o"
    assert page.locator("#thread-head .thread-head").get_attribute("data-number") == str(number)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("e")
    assert page.get_by_role("searchbox").input_value() == "e"
    page.fill("input[type=search]", "")

    page.locator("#log").focus()
    page.keyboard.press("t")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.dataset.key") == "transfer"
    page.keyboard.press("Escape")
    page.locator("#inbox[data-pane=list]").wait_for()
    assert page.url.split("?")[0].endswith("/inbox/")


def test_what_hurts_is_asked_by_name(desk: Callable[..., Any], product: Product) -> None:
    page = desk().signs_in("admin")
    page.goto(f"{product.url}{WORKSPACE}/settings/tokens/")
    page.fill("input[name=name]", "Laporan mingguan")
    page.keyboard.press("Enter")
    assert page.locator("code.secret").inner_text().startswith("hd_")
    revoke = page.get_by_role("button", name="Cabut Laporan mingguan")
    revoke.click()
    dialog = page.get_by_role("dialog")
    assert "Cabut Laporan mingguan?" in dialog.inner_text()
    dialog.get_by_role("button", name="Batal").click()
    assert revoke.evaluate("button => button === document.activeElement")
    revoke.click()
    dialog.get_by_role("button", name="Cabut").click()
    page.get_by_text("Token tidak berlaku lagi").wait_for()
    assert revoke.count() == 0


def test_a_bubble_keeps_its_size_when_it_is_kept(
    desk: Callable[..., Any], product: Product
) -> None:
    """What is shown before it is sent is drawn by the page, after it by the server."""
    number = taken(product, "budi", "Made Ukuran", "6281355500309")
    page = desk().signs_in("budi")
    opened(page, product, number)
    held: list[Any] = []
    page.route("**/reply/", lambda route: held.append(route))
    page.fill("#composer textarea", "Sebentar ya, saya cek")
    page.keyboard.press("Control+Enter")
    words = page.locator("#log .msg.out .say")
    demo.patiently(lambda: page.wait_for_timeout(50) or held)
    before = words.bounding_box()
    held[0].continue_()
    page.locator("#log .msg.out[data-message]").wait_for()
    after = words.bounding_box()
    assert before
    assert after
    assert (before["width"], before["height"]) == (after["width"], after["height"])


def test_a_late_answer_leaves_the_keys_where_they_are(
    desk: Callable[..., Any], product: Product
) -> None:
    """Accepted, and already searching for the next when the answer comes."""
    page = desk().signs_in("sari")
    product.customer_says("Mau tanya ongkir", "6281355500341", "Galih Pratama")
    held: list[Any] = []
    page.route("**/accept/", lambda route: held.append(route))
    row = page.locator("#rows .row", has_text="Galih Pratama")
    with page.expect_request("**/accept/"):
        row.get_by_role("button").click()
    search = page.get_by_role("searchbox")
    search.press_sequentially("galih")
    held[0].continue_()
    page.locator("#log .msg", has_text="Mau tanya ongkir").wait_for()
    page.locator("#composer textarea").wait_for()
    search.page.keyboard.type(" prat")
    assert search.input_value() == "galih prat"
    assert page.input_value("#composer textarea") == ""


def test_what_arrived_without_an_answer_is_not_held_for_unsent(
    desk: Callable[..., Any], product: Product
) -> None:
    """The answer is lost on its way, and the feed brings the message: nothing asks to be sent
    again, and the page may be left."""
    number = taken(product, "sari", "Jawaban Hilang", "6281355500342")
    page = desk().signs_in("sari")
    opened(page, product, number)

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/reply/", lose)
    page.fill("#composer textarea", "Sudah kami kirim hari ini")
    page.keyboard.press("Control+Enter")
    bubble = page.locator("#log .msg.out[data-message]", has_text="Sudah kami kirim hari ini")
    bubble.wait_for()
    asks = """() => { const leaving = new Event("beforeunload", { cancelable: true });
        dispatchEvent(leaving); return leaving.defaultPrevented; }"""
    demo.patiently(lambda: page.wait_for_timeout(50) or not page.evaluate(asks))
    assert bubble.count() == 1
    assert bubble.locator("[data-retry]").count() == 0
    assert page.input_value("#composer textarea") == ""
    page.reload()
    page.locator("#log .msg.out", has_text="Sudah kami kirim hari ini").wait_for()
    assert page.input_value("#composer textarea") == ""
    assert received(product, "Sudah kami kirim hari ini") == 1
