"""The list by keyboard and pointer: labels, filters, saved views."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from inbox.queries.lists import PAGE
from tests.browser import demo
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
WORKSPACE = "/w/toko-nusantara"
PHONE_OF = "62813777000{:02}"


@pytest.fixture(scope="module")
def filled(product: Any) -> Any:
    """Six customers wait; the demo has labels."""
    admin = demo.Agent(product, "admin")
    for n, name in enumerate(("Ayu", "Bima", "Citra", "Dian", "Eka", "Farah")):
        product.customer_says("Halo", PHONE_OF.format(n), name)
        admin.number_of(name)
    return product


def test_labels_by_keyboard_and_a_filter_by_label(filled: Any, desk: Any) -> None:
    one = desk()
    page = one.signs_in("admin")
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=all&q=Ayu")
    page.locator(".row-link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#thread-head h2")
    page.keyboard.press("l")
    page.wait_for_selector("#dialog[open]")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "H2", (
        "what had the focus has it again"
    )
    page.keyboard.press("l")
    page.wait_for_selector("#dialog[open]")
    page.keyboard.type("kelu")
    expect(page.locator("#dialog .pick:visible")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("#dialog button.primary").press("Enter")
    expect(page.locator("#contact .chips .badge")).to_have_text("Keluhan")
    expect(page.locator(".row .row-labels .badge")).to_have_text("Keluhan")
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=all")
    page.click("#filter-open")
    page.check(".pick:has-text('Keluhan') input")
    page.click("#dialog button.primary")
    expect(page.locator(".row")).to_have_count(1)
    assert re.search(r"label=\d+", page.url)
    page.reload()
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".filter-chip")).to_have_text("Keluhan")
    page.go_back()
    expect(page.locator(".filter-chip")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".filter-chip")).to_have_count(1)
    page.click(".filter-chip")
    expect(page.locator(".filter-chip")).to_have_count(0)
    assert not one.complaints


def test_a_transfer_is_a_few_keys(product: Any, desk: Any) -> None:
    product.customer_says("Paketnya di mana?", "6281377800031", "Gita Alih")
    agent = demo.Agent(product, "admin")
    number = agent.number_of("Gita Alih")
    agent.post(f"inbox/{number}/accept/")
    one = desk()
    page = one.signs_in("admin")
    page.goto(f"{product.url}{WORKSPACE}/inbox/{number}/?view=all")
    page.keyboard.press("t")
    page.locator("#dialog [data-filter]:focus").wait_for()
    page.keyboard.type("zzz")
    expect(page.locator("#dialog [data-none]")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("pengir")
    expect(page.locator("#dialog .pick:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#dialog [name=to]:checked")).to_be_focused()
    page.keyboard.press("Enter")
    moved = page.locator(f"#rows [data-number='{number}'] .row-team")
    expect(moved).to_contain_text("Pengiriman")
    assert one.complaints == []


def test_a_filtered_list_takes_in_and_lets_go_what_happens(filled: Any, desk: Any) -> None:
    """The rules are the server's: a new label brings a row in, another one takes it out."""
    watching, doing = desk(), desk()
    page = watching.signs_in("admin")
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=all")
    page.click("#filter-open")
    page.check(".pick:has-text('Retur') input")
    page.click("#dialog button.primary")
    expect(page.locator("#rows-empty h2")).to_be_visible()
    empty = page.locator("#rows-empty h2").inner_text()
    other = doing.signs_in("admin")
    other.goto(f"{filled.url}{WORKSPACE}/inbox/?view=all&q=Bima")
    other.locator(".row-link").first.click()
    for count in (1, 0):
        other.wait_for_selector("#thread-head [data-key=labels]", state="attached")
        other.keyboard.press("l")
        other.locator(".pick:has-text('Retur') input").click()
        other.click("#dialog button.primary")
        expect(page.locator(".row")).to_have_count(count, timeout=8000)
        expect(other.locator("#dialog[open]")).to_have_count(0)
    filled.customer_says("masih di sana?", PHONE_OF.format(2), "Citra")
    page.wait_for_timeout(1500)
    expect(page.locator(".row")).to_have_count(0)
    page.click("#rows-empty a")
    expect(page.locator(".filter-chip")).to_have_count(0)
    expect(page.locator(".row").first).to_be_visible()
    assert "filter" in empty.lower() or "saring" in empty.lower()
    assert not watching.complaints + doing.complaints


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE, "has_touch": True}])
def test_a_view_is_saved_used_and_deleted(filled: Any, desk: Any, options: Any) -> None:
    one = desk(**options)
    page = one.signs_in("sari")
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=queue")
    page.click("#filter-open")
    page.check("#dialog input[name=unread]")
    page.click("#dialog button.primary")
    page.click("[data-view-save]")
    page.fill("#dialog input[name=name]", "Belum dibaca")
    page.keyboard.press("Enter")
    saved = page.locator("#saved a")
    expect(saved).to_have_attribute("aria-current", "true")
    expect(saved.locator("[data-size]")).to_have_text(re.compile(r"^\d+\+?$"), timeout=8000)
    page.click(".tabs a[data-view=mine]")
    expect(saved).not_to_have_attribute("aria-current", "true")
    saved.click()
    assert "unread=true" in page.url
    saved.click()  # once more: change it
    page.click("#dialog .danger")
    page.wait_for_url("**/inbox/")
    expect(page.locator("#saved a")).to_have_count(0)
    assert not one.complaints


# Selection, and undo


def chosen(page: Any) -> int:
    return int(page.locator(".row[data-chosen]").count())


def test_rows_are_selected_by_key_and_shift_click(filled: Any, desk: Any) -> None:
    one = desk()
    page = one.signs_in("admin")
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=all")
    page.locator(".row-link").first.focus()
    page.keyboard.press("x")
    page.keyboard.press("Shift+J")
    page.keyboard.press("Shift+J")
    assert chosen(page) == 3
    expect(page.locator("#bulk-count")).to_contain_text("3")
    page.keyboard.press("x")
    assert chosen(page) == 2
    page.click("#bulk-none")
    expect(page.locator("#bulk")).to_be_hidden()
    page.locator(".row-pick").nth(0).check()
    page.locator(".row-link").nth(3).click(modifiers=["Shift"])
    assert chosen(page) == 4
    page.click("#bulk-all")
    total = page.locator("#tabs [data-count=all]").inner_text()  # those below the fold too
    expect(page.locator("#bulk-count")).to_contain_text(total)
    assert not one.complaints


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE, "has_touch": True}])
def test_many_are_transferred_and_the_key_takes_it_back(
    filled: Any, desk: Any, options: Any
) -> None:
    one = desk(**options)
    page = one.signs_in("admin")
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=queue")
    rows = page.locator(".row").count()
    page.locator(".row-pick").nth(0).check(force=True)
    page.locator(".row-pick").nth(1).check(force=True)
    page.click("#bulk [data-ask*=transfer]")
    page.check("#dialog .pick:has-text('Budi') input")
    page.click("#dialog button.primary")
    expect(page.locator(".row")).to_have_count(rows - 2, timeout=8000)
    if options:
        page.click(".toast .link")
    else:
        page.keyboard.press("z")
    expect(page.locator(".row")).to_have_count(rows, timeout=8000)
    assert not one.complaints


def test_what_could_not_be_done_is_shown_row_by_row(filled: Any, desk: Any) -> None:
    one = desk()
    page = one.signs_in("admin")
    sari = demo.Agent(filled, "sari")
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=queue")
    page.locator(".row-pick").nth(0).check(force=True)
    number = page.locator(".row").first.get_attribute("data-number")
    name = page.locator(".row-link").first.inner_text()
    sari.post(f"inbox/{number}/accept/")
    page.click("#bulk [data-do=accept]")
    expect(page.locator("#dialog .outcome li")).to_contain_text([name])
    expect(page.locator("#dialog .outcome li")).to_contain_text(["Sari"])
    page.keyboard.press("Escape")
    sari.post(f"inbox/{number}/release/")
    assert not one.complaints


def test_an_accepted_conversation_goes_back_by_the_notice(filled: Any, desk: Any) -> None:
    one = desk()
    page = one.signs_in("sari")
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=queue&q=Eka")
    page.locator(".row-link").first.click()
    page.click("#thread-head [data-key=accept]")
    page.wait_for_selector("#thread-head [data-key=resolve]")
    page.click(".toast .link")
    expect(page.locator("#thread-head [data-key=accept]")).to_be_visible(timeout=8000)
    expect(page.locator("#log .fact").last).to_contain_text("Sari")
    assert not one.complaints


def test_older_rows_come_as_one_scrolls(filled: Any, desk: Any) -> None:
    for n in range(32):
        filled.customer_says("Halo", f"62813888000{n:02}", f"Pelanggan {n}")
    demo.Agent(filled, "admin").number_of("Pelanggan 31")
    page = desk().signs_in("admin")
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=all")
    expect(page.locator("#rows .row")).to_have_count(PAGE)
    page.locator("#rows .row").last.scroll_into_view_if_needed()
    expect(page.locator("#rows .row").nth(PAGE)).to_be_attached()
    while page.locator("#more").count():
        shown = page.locator("#rows .row").count()
        page.locator("#rows .row").last.scroll_into_view_if_needed()
        expect(page.locator("#rows .row").nth(shown)).to_be_attached()
    numbers = page.eval_on_selector_all("#rows .row", "all => all.map(row => row.dataset.number)")
    assert len(numbers) == len(set(numbers))


def test_the_tray_asks_less_and_less_where_nobody_answers(filled: Any, desk: Any) -> None:
    """Signed out, or the server is away: an open page does not knock every second for ever."""
    page = desk().signs_in("admin")
    job = {"uuid": "none", "url": f"{WORKSPACE}/inbox/batches/none/", "state": "waiting"}
    job |= {"text": "0 dari 60 percakapan", "total": 60, "done": 0, "refused": 0}
    asked: list[str] = []

    def nobody(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=401, json={"code": "signed_out"})

    def with_job(route: Any) -> None:
        answer = route.fetch()
        jobs = re.compile(r'(<script id="batches"[^>]*>).*?(?=</script>)', re.DOTALL)
        body, found = jobs.subn(lambda tag: tag[1] + json.dumps([job]), answer.text())
        assert found == 1
        route.fulfill(response=answer, body=body)

    page.route("**/batches/none/", nobody)
    page.route("**/inbox/?view=all", with_job)
    page.goto(f"{filled.url}{WORKSPACE}/inbox/?view=all")
    page.locator("#jobs .job").wait_for()
    page.wait_for_timeout(8500)
    assert 2 <= len(asked) <= 4
    assert page.locator("#jobs .job").count() == 1, "it goes on when somebody answers again"
