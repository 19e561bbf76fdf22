"""The pages and what is done on them before the picture is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx

from bench.product import Product
from tests.browser import demo
from tests.browser.tour import WORKSPACE
from tests.screenshots.looking import Scene

if TYPE_CHECKING:
    from playwright.sync_api import Page


def scenes(product: Product, numbers: dict[str, int]) -> list[Scene]:
    """Every page that there is."""
    inbox, settings = f"{WORKSPACE}/inbox/", f"{WORKSPACE}/settings/"
    conversations = [
        Scene(f"thread-{name}", "sari", f"{inbox}{number}/?view=all")
        for name, number in numbers.items()
        if name not in ("talk", "full")
    ]
    return [
        Scene("login", "", "/account/login/"),
        Scene("login-refused", "", "/account/login/", _wrong_password),
        Scene("reset", "", "/account/password/reset/"),
        Scene("reset-sent", "", "/account/password/reset/done/"),
        Scene("invitation", "", _invitation(product)),
        Scene("inbox-queue", "sari", f"{inbox}?view=queue"),
        Scene("inbox-mine", "sari", f"{inbox}?view=mine"),
        Scene("inbox-archive", "sari", f"{inbox}?view=resolved"),
        Scene("inbox-nothing-found", "sari", f"{inbox}?q=xyzzy"),
        Scene("inbox-none-mine", "admin", f"{inbox}?view=mine"),
        Scene("conversation", "sari", f"{inbox}{numbers['talk']}/?view=all"),
        *conversations,
        Scene("note", "sari", f"{inbox}{numbers['talk']}/?view=mine", _writes_a_note),
        Scene("details", "budi", f"{inbox}{numbers['again']}/?view=all", _details),
        Scene("transfer", "sari", f"{inbox}{numbers['talk']}/?view=mine", _transfer),
        Scene("transfer-page", "sari", f"{inbox}{numbers['talk']}/transfer/"),
        *_composing(f"{inbox}{numbers['kinds']}/"),
        Scene("template-only", "sari", f"{inbox}{numbers['closed']}/?view=mine", _template),
        Scene("profile", "sari", f"{inbox}?view=queue", _profile),
        Scene("refused-409", "budi", f"{inbox}?view=queue", _too_late(numbers["talk"])),
        *_daily(f"{inbox}{numbers['talk']}/?view=all", inbox),
        Scene("switcher", "admin", "/?stay=1"),
        Scene("members", "admin", f"{settings}members/"),
        Scene("member-supervisor", "admin", f"{settings}members/3/"),
        Scene("member-agent", "admin", f"{settings}members/5/"),
        Scene("member-deactivate", "admin", f"{settings}members/5/", _asks),
        Scene("invite", "admin", f"{settings}invitations/"),
        Scene("departments", "admin", f"{settings}departments/"),
        Scene("department", "admin", f"{settings}departments/2/"),
        Scene("labels", "admin", f"{settings}labels/"),
        Scene("quick-replies", "admin", f"{settings}quick-replies/"),
        Scene("own-profile", "sari", f"{settings}profile/"),
        Scene("notifications", "sari", f"{settings}notifications/"),
        Scene("keys", "sari", f"{settings}keys/"),
        Scene("tokens", "admin", f"{settings}tokens/"),
        Scene("token-new", "admin", f"{settings}tokens/", _new_token),
        Scene("channels", "admin", f"{settings}channels/"),
        Scene("channel", "admin", f"{settings}channels/1/"),
        Scene("channel-advanced", "admin", f"{settings}channels/1/", _advanced),
        Scene("channel-templates", "admin", f"{settings}channels/1/templates/"),
        Scene("channel-connect", "admin", f"{settings}channels/connect/whatsapp/"),
        Scene("payloads", "admin", f"{settings}channels/1/payloads/"),
        Scene("security", "admin", "/account/2fa/"),
        Scene("confirm-password", "admin", "/account/2fa/totp/activate/"),
        Scene("totp", "admin", "/account/2fa/totp/activate/", _password_again),
        Scene("sessions", "admin", "/account/sessions/"),
        Scene("password", "admin", "/account/password/change/"),
        Scene("missing-404", "sari", f"{inbox}999999/"),
        Scene("forbidden-403", "budi", f"{settings}members/"),
    ]


def _daily(talk: str, inbox: str) -> list[Scene]:
    """What an agent opens all day by a key or a sign."""
    return [
        Scene("palette", "sari", talk, lambda page: page.keyboard.press("Control+k")),
        Scene("key-sheet", "sari", talk, lambda page: page.keyboard.press("?")),
        Scene("filter", "sari", f"{inbox}?view=all", lambda page: page.keyboard.press("f")),
        Scene("filtered", "sari", f"{inbox}?view=all&unread=true&q=a"),
        Scene("labels-dialog", "sari", talk, lambda page: page.keyboard.press("l")),
        Scene("selected", "sari", f"{inbox}?view=all", _selects),
        Scene("quick-reply", "sari", talk, lambda page: _types(page, "/")),
        Scene("emoji", "sari", talk, lambda page: _types(page, "Siap :ha")),
        Scene("inbox-mentioned", "sari", f"{inbox}?view=mentioned"),
        Scene("snooze", "sari", talk, lambda page: page.keyboard.press("s")),
        Scene("inbox-snoozed", "sari", f"{inbox}?view=snoozed"),
    ]


def _selects(page: Page) -> None:
    for box in page.locator("#rows .row input[type=checkbox]").all()[:3]:
        box.check(force=True)


def _types(page: Page, text: str) -> None:
    area = page.locator("#composer textarea")
    area.fill("")  # the draft of the last picture
    area.press_sequentially(text)
    page.locator("#suggest:popover-open").wait_for()


def _composing(path: str) -> list[Scene]:
    """What is done with files and dialogs in the conversation that has everything."""
    return [
        Scene("tray", "sari", path, _attaches),
        Scene("emojis", "sari", path, _reacts),
        *[Scene(f"extra-{kind}", "sari", path, _extra(kind)) for kind in ("buttons", "list")],
        Scene("extra-location", "sari", path, _extra("location")),
        Scene("viewer", "sari", path, _views),
        *[
            Scene(f"attachments-{tab}", "sari", f"{path}attachments/?tab={tab}")
            for tab in ("media", "files", "links")
        ],
        Scene("attachments-dialog", "sari", path, _gathers),
    ]


def _attaches(page: Page) -> None:
    photo = {"name": "pengganti.jpg", "mimeType": "image/jpeg", "buffer": demo.picture()}
    paper = {"name": "resi.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    page.set_input_files("#file-input", [photo, paper])
    page.fill("#composer textarea", "Ini penggantinya, Bu")
    page.wait_for_timeout(1200)


def _reacts(page: Page) -> None:
    page.locator("#log .msg.in").last.locator("b").first.click()
    page.click("[data-tool=react]")


def _extra(kind: str) -> Callable[[Page], None]:
    def fill_in(page: Page) -> None:
        page.click("#plus")
        page.click(f"#plus-menu [data-extra={kind}]")
        page.locator("dialog[open]").wait_for()

    return fill_in


def _views(page: Page) -> None:
    page.locator("#log a.photo").first.click()
    page.wait_for_timeout(500)


def _gathers(page: Page) -> None:
    page.locator("#thread-head [data-key=attachments]").dispatch_event("click")
    page.locator("dialog[open] .grid").wait_for()


def _template(page: Page) -> None:
    page.click("#refusal-template")
    page.locator("dialog .pick:has(input:enabled)").first.click()
    page.locator("#chosen form").wait_for()


def _invitation(product: Product) -> str:
    """The path of an invitation that the administrator has just sent."""
    admin = demo.Agent(product, "admin")
    email = "putri.maharani@toko-nusantara.example"
    admin.post("settings/invitations/", email=email, role="agent")

    def look() -> str:
        for mail in httpx.get(f"{product.sandbox}/api/mails", timeout=20).json():
            whole = httpx.get(f"{product.sandbox}/api/mails/{mail['id']}", timeout=20).text
            if path := demo.found(r"(/w/[a-z-]+/invitation/[^\s\"\\]+)", whole):
                return path
        return ""

    return str(demo.patiently(look))


def _wrong_password(page: Page) -> None:
    page.fill("input[name=login]", "sari@toko-nusantara.example")
    page.fill("input[name=password]", "bukan-ini")
    page.keyboard.press("Enter")
    page.locator("[role=alert] span").first.wait_for()


def _writes_a_note(page: Page) -> None:
    page.keyboard.press("n")
    page.keyboard.type("Sudah saya telepon gudang, katanya dikirim sore ini.")


def _details(page: Page) -> None:
    if page.locator(".only-narrow").is_visible():
        page.locator(".only-narrow").click()


def _transfer(page: Page) -> None:
    page.keyboard.press("t")
    page.locator("dialog[open]").wait_for()


def _profile(page: Page) -> None:
    page.locator(".me").click()


def _too_late(number: int) -> Callable[[Page], None]:
    """A button of a page without scripts, pressed after somebody else was faster."""

    def press(page: Page) -> None:
        with page.expect_navigation():
            page.evaluate(
                """path => {
                    const form = document.createElement('form');
                    form.method = 'post';
                    form.action = path;
                    const token = document.querySelector('meta[name=csrf]').content;
                    form.innerHTML = '<input name=csrfmiddlewaretoken>';
                    form.firstChild.value = token;
                    document.body.append(form);
                    form.submit();
                }""",
                f"{WORKSPACE}/inbox/{number}/accept/",
            )

    return press


def _password_again(page: Page) -> None:
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", demo.PASSWORD)
        page.keyboard.press("Enter")
        page.locator("img.qr").wait_for()


def _asks(page: Page) -> None:
    page.locator("form[data-confirm] button").last.click()
    page.locator("dialog[open]").wait_for()


def _new_token(page: Page) -> None:
    page.fill("input[name=name]", "Laporan mingguan")
    page.keyboard.press("Enter")
    page.locator("code.secret").wait_for()


def _advanced(page: Page) -> None:
    page.locator("details > summary").click()
