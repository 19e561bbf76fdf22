"""Everything else that a person does on the customer's phone, in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.conftest import Sandbox
from tests.sandbox.graph import Graph

SAMPLES = Path(__file__).parents[2] / "sandbox" / "samples"
NADIA = "6287855500164"
# A microphone that hums; in it the page records what it would record of a voice.
MICROPHONE = """
navigator.mediaDevices.getUserMedia = async () => {
  const place = new AudioContext();
  const sound = place.createOscillator();
  const end = place.createMediaStreamDestination();
  sound.connect(end);
  sound.start();
  return end.stream;
};
"""


@pytest.fixture(scope="module")
def opened(browser: Any, running: Sandbox) -> Iterator[Any]:
    """One page for all these tests: to open it takes longer than what they do."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: line.type == "error" and problems.append(line.text))
    page.add_init_script(MICROPHONE)
    page.goto(running.url)
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def page(opened: Any, sandbox: Sandbox) -> Any:
    opened.click("#customers button:has-text('Nadia')")
    opened.wait_for_selector("#customers [aria-current='true']:has-text('Nadia')")
    return opened


@pytest.fixture
def told(sandbox: Sandbox, graph: Graph) -> Callable[[], Any]:
    """The next message that the product is told."""
    seen = len(sandbox.product.values("messages"))

    def next_one() -> Any:
        nonlocal seen
        sandbox.product.wait_for(lambda: len(sandbox.product.values("messages")) > seen)
        seen += 1
        return sandbox.product.values("messages")[seen - 1]

    return next_one


def menu(page: Any, text: str, deed: str) -> None:
    bubble = page.locator(f".bubble:has(> .words:has-text('{text}'))").last
    bubble.hover()
    bubble.locator(".more").click()
    page.click(f"dialog.menu button:has-text('{deed}')")


def test_a_photo_is_chosen_gets_a_caption_and_is_sent(page: Any, told: Any) -> None:
    page.click("#attach")
    page.set_input_files(".tile.is-image input", SAMPLES / "photo.jpg")
    page.fill("#write textarea", "Rusak begini")
    page.keyboard.press("Enter")
    assert told()["image"]["caption"] == "Rusak begini"
    page.click(".bubble.mine.is-image .picture")
    page.wait_for_selector("dialog.large img")
    page.keyboard.press("Escape")
    page.click("#attach")
    page.set_input_files(".tile.is-document input", SAMPLES / "invoice.pdf")
    page.wait_for_selector(".strip:has-text('invoice.pdf')")
    page.click("#main-button")
    assert told()["document"]["filename"] == "invoice.pdf"


def test_samples_places_cards_and_special_messages(page: Any, told: Any) -> None:
    for tile, kind in (("Stiker", "sticker"), ("Pesan suara", "audio"), ("Polling", "unsupported")):
        page.click("#attach")
        page.click(f".tile:has-text('{tile}')")
        assert told()["type"] == kind
    page.click("#attach")
    page.click(".tile.is-location")
    page.fill("dialog.attach [name=name]", "Rumah")
    page.click("dialog.attach .main")
    assert told()["location"]["name"] == "Rumah"
    page.click("#attach")
    page.click(".tile.is-contacts")
    page.click(".chip:has-text('Liam')")
    page.click("dialog.attach .main")
    assert told()["contacts"][0]["name"]["formatted_name"] == "Liam Tan"
    page.wait_for_selector(".bubble.is-contacts:has-text('Liam Tan')")


def test_a_voice_is_recorded_as_opus_in_ogg(page: Any, told: Any, graph: Graph) -> None:
    page.click("#main-button")
    page.wait_for_selector(".is-recording")
    page.wait_for_timeout(600)
    page.click("#main-button")
    voice = told()["audio"]
    assert (voice["voice"], voice["mime_type"]) == (True, "audio/ogg; codecs=opus")
    content = graph.client.get(graph.client.get(voice["id"]).json()["url"]).content
    assert content.startswith(b"OggS")
    assert b"OpusHead" in content[:64]
    page.wait_for_function(
        "() => { const s = [...document.querySelectorAll('.player audio')].pop();"
        " return s && s.duration > 0.3 && s.duration < 5; }"
    )
    page.click("#main-button")
    page.wait_for_selector(".is-recording")
    page.click(".is-recording .ghost")
    page.wait_for_selector(".is-recording", state="detached")


def test_words_are_answered_changed_and_taken_back(
    page: Any, sandbox: Sandbox, told: Any, graph: Graph
) -> None:
    sandbox.write("Halo dari Nadia", NADIA)
    told()
    sent = graph.send("text", {"body": "Ada yang bisa dibantu?"}, NADIA).json()
    wamid = sent["messages"][0]["id"]
    page.wait_for_selector(".bubble:has-text('dibantu')")
    menu(page, "dibantu", "Balas")
    page.fill("#write textarea", "Ya, pesanan saya")
    page.keyboard.press("Enter")
    assert told()["context"]["id"] == wamid
    page.wait_for_selector(".bubble.mine:has(.quote):has-text('pesanan saya')")
    menu(page, "dibantu", "👍")
    assert told()["reaction"] == {"message_id": wamid, "emoji": "👍"}
    page.wait_for_selector(".bubble:has-text('dibantu') .reactions:has-text('👍')")
    menu(page, "pesanan saya", "Edit")
    page.fill("#write textarea", "Ya, pesanan A-7")
    page.keyboard.press("Enter")
    assert told()["edit"]["message"]["text"]["body"] == "Ya, pesanan A-7"
    page.wait_for_selector(".bubble:has-text('diedit'):has-text('A-7')")
    menu(page, "A-7", "Hapus")
    assert told()["type"] == "revoke"
    page.wait_for_selector(".bubble.is-deleted:has-text('dihapus')")


def test_buttons_lists_and_templates_are_tapped(
    page: Any, sandbox: Sandbox, told: Any, graph: Graph
) -> None:
    sandbox.write("Halo lagi", NADIA)
    told()
    rows = [{"id": "pagi", "title": "Pagi"}, {"id": "sore", "title": "Sore"}]
    action = {"button": "Jadwal", "sections": [{"rows": rows}]}
    part = {"type": "list", "body": {"text": "Kapan?"}, "action": action}
    graph.send("interactive", part, NADIA)
    page.click(".taps button:has-text('Jadwal')")
    page.check(".pick:has-text('Sore') input")
    page.click("dialog.sheet-up .main")
    assert told()["interactive"]["list_reply"]["id"] == "sore"
    graph.send("template", {"name": "sapa_kembali", "language": {"code": "id"}}, NADIA)
    page.click(".taps button:has-text('Ya, lanjutkan')")
    assert told()["button"]["text"] == "Ya, lanjutkan"
    page.wait_for_selector(".taps [aria-pressed='true']:has-text('Ya, lanjutkan')")


def test_the_company_acts_beside_the_helpdesk(page: Any, sandbox: Sandbox) -> None:
    page.click("[data-tab=firm]")
    page.fill("[name=echo]", "Dijawab dari HP toko")
    page.click("#firm form .soft")
    page.wait_for_selector(".bubble:not(.mine) .is-echo")
    page.select_option(".knob:has-text('faktur') select", "PAUSED")
    sandbox.product.wait_for(lambda: any(b"PAUSED" in body for body in sandbox.product.bodies))
    page.select_option(".knob:has-text('faktur') select", "APPROVED")
    page.click(".choices .is-red")
    page.wait_for_selector(".choices .is-red[aria-pressed='true']")
    page.click(".choices .is-green")
    page.wait_for_selector(".choices .is-green[aria-pressed='true']")
    changes = [json.loads(body)["entry"][0]["changes"][0] for body in sandbox.product.bodies]
    about = [change["field"] for change in changes if change["field"] != "messages"]
    assert about[-1] == "phone_number_quality_update"


def test_a_customer_hides_and_changes_the_number_and_joins_a_group(
    page: Any, sandbox: Sandbox, told: Any
) -> None:
    made = sandbox.post("/api/customers", {"name": "Sekar", "phone": "6281955500777"})
    page.click("#customers button:has-text('Sekar')")
    page.click("[data-tab=who]")
    page.wait_for_selector("#who .is-person:has-text('Sekar')")
    page.check("#who .switch")
    page.wait_for_selector("#customers button:has-text('disembunyikan')")
    sandbox.write("Halo", made["id"])
    assert "from" not in told()
    page.wait_for_selector("#who .switch:checked")
    page.uncheck("#who .switch")
    page.wait_for_selector("#who [name=phone]:enabled")
    page.fill("#who [name=phone]", "+62 819 5550 0778")
    page.click("#who button:has-text('Ganti')")
    assert told()["system"]["wa_id"] == "6281955500778"
    page.wait_for_selector(".day:has-text('Nomor diganti')")
    page.fill("#who [name=name]", "Keluarga")
    page.click("#who button:has-text('Buat')")
    page.wait_for_selector("#company-name:has-text('Keluarga')")
    page.select_option("#writer select", label="Dewi Anggraini")
    page.fill("#write textarea", "Halo semua")
    page.keyboard.press("Enter")
    found = told()
    assert (found["group_id"] != "", found["from"]) == (True, "6281255500142")


def test_a_finger_holds_for_the_menu_and_pulls_to_reply(browser: Any, sandbox: Sandbox) -> None:
    sandbox.write("Pegang saya", NADIA)
    size = {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(sandbox.url)
    page.tap("#customers button:has-text('Nadia')")
    page.wait_for_selector(".bubble:has-text('Pegang saya')")
    page.wait_for_timeout(300)  # until the chat has slid in
    spot = page.locator(".bubble:has-text('Pegang saya')").last.bounding_box()
    x, y = spot["x"] + 20, spot["y"] + 12
    finger = context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", {"x": x, "y": y})
    page.wait_for_selector("dialog.menu[open]")
    touch("touchEnd")
    page.click("dialog.menu button:has-text('🙏')")
    page.wait_for_selector(".bubble .reactions:has-text('🙏')")
    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 10):
        touch("touchMove", {"x": x + step * 9, "y": y})
    touch("touchEnd")
    page.wait_for_selector(".strip:has-text('Pegang saya')")
    context.close()


def test_who_comes_for_the_first_time_can_write_at_once(
    browser: Any, sandbox: Sandbox, told: Callable[[], Any]
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(sandbox.url)
    page.locator("#company-name:not(:empty)").wait_for()
    page.fill("#write textarea", "Halo, masih buka?")
    page.keyboard.press("Enter")
    assert told()["text"]["body"] == "Halo, masih buka?"
    context.close()
