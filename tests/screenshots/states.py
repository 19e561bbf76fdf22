"""States of the inbox that one seldom meets: empty, refused, cut off, overtaken, crowded."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.browser import demo
from tests.browser.tour import WORKSPACE
from tests.screenshots.crowd import EMPTY, FULL, OUTSIDER
from tests.screenshots.looking import Scene

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

INBOX = f"{WORKSPACE}/inbox/"
FIRST, OTHER = f"owner@{EMPTY}.example", f"owner@{FULL}.example"
WHISPER = "who => document.dispatchEvent(new CustomEvent('whisper', { detail: who }))"
Prepare = Callable[["Page"], None]


def states(numbers: dict[str, int]) -> list[Scene]:
    """Each of them."""
    talk, kinds = f"{INBOX}{numbers['talk']}/?view=all", f"{INBOX}{numbers['kinds']}/?view=all"
    full = f"/w/{FULL}/inbox/{numbers['full']}/?view=all"
    return [
        Scene("empty-first", FIRST, f"/w/{EMPTY}/inbox/"),
        Scene("empty-channels", FIRST, f"/w/{EMPTY}/settings/channels/"),
        Scene("empty-labels", FIRST, f"/w/{EMPTY}/settings/labels/"),
        Scene("empty-replies", FIRST, f"/w/{EMPTY}/settings/quick-replies/"),
        Scene("empty-filtered", "sari", f"{INBOX}?view=mine&unread=true&q=a&label=1&channel=1"),
        Scene("empty-expired", "budi", f"{INBOX}?view=expired&q="),
        Scene("empty-done", "supervisor", f"{INBOX}?view=mine"),
        Scene("empty-no-right", OUTSIDER, INBOX),
        Scene("full", OTHER, full),
        Scene("full-list", OTHER, f"/w/{FULL}/inbox/?view=all"),
        Scene("full-labels", OTHER, full, _press("l", "dialog[open]")),
        Scene("full-details", OTHER, full, _details),
        Scene("full-filter", OTHER, f"/w/{FULL}/inbox/?view=all", _press("f", "dialog[open]")),
        Scene("full-settings", OTHER, f"/w/{FULL}/settings/labels/"),
        Scene("plus-menu", "sari", kinds, lambda page: page.click("#plus")),
        Scene("kinds-top", "sari", kinds, _scrolls_up),
        Scene("tools", "sari", kinds, _points_at),
        Scene("mention", "sari", talk, _mentions),
        Scene("mention-none", "sari", talk, _calls_nobody),
        Scene("draft", "sari", f"{INBOX}?view=all", _drafts(numbers["talk"])),
        Scene("why", "sari", talk, _asks_why),
        Scene("edit-contact", "sari", talk, _edits),
        Scene("edit-pair", "sari", talk, _edits_pair),
        Scene("save-view", "sari", f"{INBOX}?view=all&unread=true", _saves_view),
        Scene("expired-dialog", "admin", f"{INBOX}?view=all", _resolves_expired),
        Scene("bulk-transfer", "admin", f"{INBOX}?view=all", _bulk("transfer")),
        Scene("bulk-labels", "admin", f"{INBOX}?view=all", _bulk("label")),
        Scene("bulk-result", "admin", f"{INBOX}?view=all", _bulk_done),
        Scene("bulk-running", "admin", f"{INBOX}?view=all", _bulk_runs),
        Scene("toast-undo", "sari", talk, _labels_again),
        Scene("toast-error", "sari", f"{INBOX}?view=all", _server_fails),
        Scene("claim-lost", "budi", f"{INBOX}{numbers['queued']}/?view=all", _is_late),
        Scene("overtaken", "sari", talk, _overtaken),
        Scene("signed-out", "sari", talk, _signed_out),
        Scene("failed-send", "sari", talk, _cut_off),
        Scene("too-long", "sari", talk, _too_long),
        Scene("upload-refused", "sari", kinds, _bad_uploads),
        Scene("palette-none", "sari", talk, _finds_nothing),
        Scene("palette-found", "sari", talk, _finds),
        Scene("together", "sari", talk, _together),
    ]


def _press(key: str, then: str) -> Prepare:
    def press(page: Page) -> None:
        page.keyboard.press(key)
        page.locator(then).wait_for()

    return press


def _details(page: Page) -> None:
    if not page.locator("#contact").is_visible():
        page.locator("#thread-head [data-contact-toggle]").click()
    page.locator("#contact").evaluate("node => node.scrollTop = node.scrollHeight")


def _scrolls_up(page: Page) -> None:
    page.locator("#log").evaluate("node => node.scrollTop = 0")
    page.wait_for_timeout(400)


def _points_at(page: Page) -> None:
    bubble = page.locator("#log .msg.in:not([data-deleted])").last
    bubble.locator("b").first.click()


def _writes(page: Page, text: str, mode: str = "reply") -> None:
    if page.locator("#composer").get_attribute("data-mode") != mode:
        page.click(f"#composer [data-mode={mode}]")
    area = page.locator("#composer textarea")
    area.fill("")
    area.press_sequentially(text)


def _mentions(page: Page) -> None:
    _writes(page, "Tolong dibantu @", "note")
    page.locator("#suggest:popover-open").wait_for()


def _calls_nobody(page: Page) -> None:
    _writes(page, "Tolong dibantu @zzz", "note")
    page.wait_for_timeout(400)


def _drafts(number: int) -> Prepare:
    def write(page: Page) -> None:
        page.click(f"#rows [data-number='{number}'] .row-link")
        page.locator("#composer textarea").wait_for()
        _writes(page, "Mohon ditunggu sebentar ya Kak, gudang sedang mencari paketnya")
        page.wait_for_timeout(1200)
        if page.locator("#thread-head .back").is_visible():
            page.click("#thread-head .back")

    return write


def _asks_why(page: Page) -> None:
    for fact in page.locator("#log details.fact > summary:has(.why)").all():
        fact.click()
    _scrolls_up(page)


def _open_details(page: Page) -> None:
    if not page.locator("#contact").is_visible():
        page.locator("#thread-head [data-contact-toggle]").click()


def _edits(page: Page) -> None:
    _open_details(page)
    page.click("#contact [data-edit=email]")
    page.fill("#contact .editor input", "bukan alamat")
    page.keyboard.press("Enter")
    page.locator("#contact .editor .error:visible").wait_for()


def _edits_pair(page: Page) -> None:
    _open_details(page)
    page.click("#contact [data-detail='']")


def _saves_view(page: Page) -> None:
    page.click("[data-view-save]")
    page.locator("dialog[open] form").first.wait_for()


def _resolves_expired(page: Page) -> None:
    link = f"<a href='{INBOX}expired/' data-dialog id='go'></a>"
    page.evaluate("link => document.body.insertAdjacentHTML('beforeend', link)", link)
    page.locator("#go").dispatch_event("click")
    page.locator("dialog[open]").wait_for()


def _chooses(page: Page) -> None:
    for box in page.locator("#rows .row input[type=checkbox]").all()[:3]:
        box.check(force=True)
    page.locator("#bulk:visible").wait_for()


def _bulk(operation: str) -> Prepare:
    def ask(page: Page) -> None:
        _chooses(page)
        page.click(f"#bulk [data-ask$='bulk/{operation}/']")
        page.locator("dialog[open]").wait_for()

    return ask


def _bulk_done(page: Page) -> None:
    """Accepting what others have is refused, row by row."""
    _chooses(page)
    page.click("#bulk [data-do=accept]")
    page.locator("dialog[open], .toast").first.wait_for()
    page.wait_for_timeout(400)


def _bulk_runs(page: Page) -> None:
    job = {"uuid": "1", "url": f"{INBOX}nothing/", "state": "waiting", "total": 240, "done": 90}
    job |= {"refused": 4, "text": "94 dari 240 percakapan", "undo": False}
    _answers(page, "**/bulk/", 200, job)
    _answers(page, "**/nothing/", 200, job)
    _chooses(page)
    page.click("#bulk [data-do=resolve]")
    page.locator(".job").wait_for()


def _labels_again(page: Page) -> None:
    page.keyboard.press("l")
    page.locator("dialog[open] .primary").click()
    page.locator(".toast").wait_for()


def _server_fails(page: Page) -> None:
    _answers(page, "**/thread/", 500, {})
    page.locator("#rows .row-link").first.click()
    page.locator(".toast.is-error").wait_for()


def _is_late(page: Page) -> None:
    told = {"code": "taken", "by_name": "Sari Wulandari", "message": "…"}
    _answers(page, "**/accept/", 409, told)
    page.click("#thread-head [data-key=accept]")
    page.locator(".toast").wait_for()


def _overtaken(page: Page) -> None:
    words = [
        ("text", "Budi Santoso", "Paketnya sudah saya temukan di gudang Cakung, Pak."),
        ("fact", "", "Budi Santoso mengalihkan percakapan ke Pengiriman"),
        ("text", "Budi Santoso", "Kurir berangkat pukul 13.00 dan tiba sore ini."),
    ]
    since = [
        {"id": index, "kind": kind, "by": by, "text": text, "at": "2026-11-23T03:10:00Z"}
        for index, (kind, by, text) in enumerate(words)
    ]
    told = {"code": "overtaken", "seen": 0, "since": since}
    told["message"] = "Budi Santoso sudah membalas sementara itu."
    _answers(page, "**/reply/", 409, told)
    _writes(page, "Mohon ditunggu, saya tanyakan dulu ke gudang.")
    page.keyboard.press("Control+Enter")
    page.locator("#guard[open]").wait_for()


def _signed_out(page: Page) -> None:
    _answers(page, "**/reply/", 401, {})
    _writes(page, "Baik, Pak")
    page.keyboard.press("Control+Enter")
    page.locator("#signin[open]").wait_for()


def _cut_off(page: Page) -> None:
    """The network is gone: the banner, and two replies that wait."""
    page.context.set_offline(True)
    for text in ("Paketnya sudah kami temukan.", "Kurir berangkat siang ini, Pak."):
        _writes(page, text)
        page.keyboard.press("Control+Enter")
    page.locator("#banner:not([hidden])").wait_for()


def _too_long(page: Page) -> None:
    page.fill("#composer textarea", "Maaf, Pak. " * 400)
    page.wait_for_timeout(300)


def _bad_uploads(page: Page) -> None:
    _answers(page, "**/attachments/", 500, {})
    files = [
        ("foto-produk-yang-namanya-panjang-sekali-dari-kamera.jpg", "image/jpeg", demo.picture()),
        ("program.exe", "application/x-msdownload", b"MZ"),
        ("kosong.pdf", "application/pdf", b""),
    ]
    given: list[Any] = [{"name": n, "mimeType": m, "buffer": b} for n, m, b in files]
    page.set_input_files("#file-input", given)
    page.locator(".chip.is-wrong").wait_for()


def _finds_nothing(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("xyzzy")
    page.locator("#palette [data-nothing]:visible").wait_for()


def _finds(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("rahmat")
    page.wait_for_timeout(900)


def _together(page: Page) -> None:
    """Two colleagues are here, one of them writes."""
    number = int(page.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
    people = [(4, "Dewi Lestari", "DL", ""), (5, "Budi Santoso", "BS", "reply")]
    for member, name, initials, doing in people:
        who = {"kind": "here", "number": number, "member": member, "name": name}
        who |= {"initials": initials, "hue": f"hue-{member}", "doing": doing}
        page.evaluate(WHISPER, who)
    page.wait_for_timeout(300)


def _answers(page: Page, address: str, status: int, told: dict[str, Any]) -> None:
    def fulfil(route: Route) -> None:
        body = json.dumps(told)
        route.fulfill(status=status, body=body, content_type="application/json")

    page.route(address, fulfil)
