"""What calls for attention: one sound for two tabs, silence about what one looks at, and the
dot and number of what is unread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bench.product import Product
from tests.browser.demo import Agent
from tests.browser.test_story import eventually, row

pytestmark = pytest.mark.timeout(180)
WORKSPACE = "/w/toko-nusantara"
# Counts the notes that an oscillator plays, and the notices, instead of disturbing anybody.
EARS = """
window.notes = 0;
window.notices = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.notes += 1;
  return start.apply(this, when);
};
window.Notification = class {
  static permission = "STANDING";
  static requestPermission() {
    window.asked = (window.asked ?? 0) + 1;
    return Promise.resolve("granted");
  }
  constructor(title, options) { window.notices.push([title, options.tag]); }
  close() {}
};
"""


def listening(desk: Callable[..., Any], who: str) -> tuple[Any, Any]:
    """Two tabs of one member, both touched once, so that both may sound."""
    one = desk()
    one.context.add_init_script(EARS.replace("STANDING", "granted"))
    first = one.signs_in(who)
    second = one.context.new_page()
    second.goto(f"{one.product.url}{WORKSPACE}/inbox/")
    for page in (first, second):
        touch(page)
        page.wait_for_function("navigator.locks.query().then(({held}) => held.length > 0)")
    return first, second


def touch(page: Any) -> None:
    """A press of the mouse, after which a browser lets a page sound."""
    page.mouse.click(200, 20)
    page.wait_for_timeout(200)
    page.mouse.click(200, 20)


def heard(*pages: Any) -> list[int]:
    return [page.evaluate("window.notes") for page in pages]


def test_two_tabs_one_sound_and_silence_about_what_is_open(
    desk: Callable[..., Any], product: Product
) -> None:
    first, second = listening(desk, "sari")
    product.customer_says("Ada yang bisa bantu?", "6281355501401", "Nyoman Suara")
    row(first, "Nyoman Suara").wait_for(timeout=30_000)
    row(second, "Nyoman Suara").wait_for(timeout=30_000)
    eventually(lambda: sum(heard(first, second)) > 0)
    first.wait_for_timeout(800)
    assert sorted(map(bool, heard(first, second))) == [False, True], "one tab plays, one is still"

    number = int(row(first, "Nyoman Suara").get_attribute("data-number"))
    Agent(product, "sari").post(f"inbox/{number}/accept/")
    for page in (first, second):
        page.goto(f"{product.url}{WORKSPACE}/inbox/?view=mine")
        touch(page)
    assert heard(first, second) == [0, 0]
    product.customer_says("Halo lagi?", "6281355501401", "Nyoman Suara")
    eventually(lambda: sum(heard(first, second)) > 0)
    eventually(lambda: first.title().startswith("(") and second.title().startswith("("))
    dotted = "document.querySelector('link[rel=icon]').href.includes('icon-dot')"
    assert first.evaluate(dotted)
    (notice,) = [n for p in (first, second) for n in p.evaluate("window.notices")]
    assert notice[0] == "Nyoman Suara"
    assert notice[1].startswith("conversation-")

    row(first, "Nyoman Suara").locator("a.row-link").click()
    first.locator("#log .msg", has_text="Halo lagi?").wait_for()
    eventually(lambda: not first.evaluate(dotted))
    before = heard(first, second)
    first.bring_to_front()
    product.customer_says("Anda di sana?", "6281355501401", "Nyoman Suara")
    first.locator("#log .msg", has_text="Anda di sana?").wait_for(timeout=30_000)
    first.wait_for_timeout(1500)
    assert heard(first, second) == before, "nobody is called to what he looks at"


def test_a_tone_is_tried_and_the_browser_asked_only_by_a_press(
    desk: Callable[..., Any], product: Product
) -> None:
    one = desk()
    one.context.add_init_script(EARS.replace("STANDING", "default"))
    page = one.signs_in("budi")
    page.goto(f"{product.url}{WORKSPACE}/settings/notifications/")
    assert page.evaluate("window.asked") is None
    page.get_by_role("button", name="Izinkan").click()
    assert page.evaluate("window.asked") == 1
    page.locator(".tones label", has_text="Ketukan").click()
    page.get_by_role("button", name="Coba").click()
    assert page.evaluate("window.notes") > 0
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Tersimpan").wait_for()
    assert page.locator("input[value=knock]").is_checked()
    assert one.complaints == []


def test_many_at_once_are_one_notice(desk: Callable[..., Any], product: Product) -> None:
    one = desk()
    one.context.add_init_script(EARS.replace("STANDING", "granted"))
    page = one.signs_in("sari")
    admin = Agent(product, "admin")
    numbers = []
    for phone, name in (("6281355501402", "Nyoman Dua"), ("6281355501403", "Nyoman Tiga")):
        product.customer_says("Halo", phone, name)
        row(page, name).wait_for(timeout=30_000)
        numbers.append(str(admin.number_of(name)))
    member = page.evaluate("document.body.dataset.member")
    admin.post("inbox/bulk/", operation="transfer", items=",".join(numbers), members=member)
    eventually(lambda: page.evaluate("window.notices.length") > 0)
    page.wait_for_timeout(1000)
    ((words, tag),) = page.evaluate("window.notices")
    assert words == "2 percakapan"
    assert tag.startswith("batch-")
    assert one.complaints == []
