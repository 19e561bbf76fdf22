"""What must hold whatever the network does, however much arrives, and however long one works.

The short form runs with the other tests; ``PROOF_SENDS=200 PROOF_SWITCHES=500`` is the long one.
"""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bench import live
from bench.page import heap_of
from bench.product import Product
from tests.browser import demo
from tests.browser.demo import WORKSPACE
from tests.browser.test_trouble import opened, taken

if TYPE_CHECKING:
    from playwright.sync_api import Page

SENDS = int(os.environ.get("PROOF_SENDS", "40"))
SWITCHES = int(os.environ.get("PROOF_SWITCHES", "90"))
MOST_MS = 3000 if SENDS >= 200 else 700  # how late an answer comes at most
LOST = 0.06
pytestmark = pytest.mark.timeout(240 + SENDS * 4 + SWITCHES)
SCRIPT = (Path(__file__).parent / "proofs.js").read_text()
SHOWN = """[...document.querySelectorAll('#log > [data-message]')]
    .map((one) => one.dataset.message)"""
RETRY = """document.querySelectorAll('#log .msg[data-state=failed] [data-retry]')
    .forEach((button) => button.click())"""
STORED = re.compile(r'data-message="(\d+)"')


def stored(page: Page, number: int) -> list[str]:
    """The ids of the thread's messages in the server's order."""
    answer = page.request.get(f"{WORKSPACE}/inbox/{number}/thread/").text()
    return STORED.findall(answer)


def sent(product: Product) -> list[int]:
    """The numbers of the replies that the provider got."""
    found = [re.search(r"Kiriman (\d+)", str(line)) for line in product.ledger()]
    return [int(match[1]) for match in found if match]


def test_however_late_answers_come_the_page_shows_what_the_server_has(
    desk: Callable[..., Any], product: Product
) -> None:
    """U5: many replies, answers up to seconds late or lost, the socket cut at random, and the
    customer writing in between: nothing twice, nothing missing, and the order never flips."""
    number = taken(product, "sari", "Bukti Kirim", "6281355500901")
    one = desk(base_url=product.url)
    one.context.add_init_script(
        SCRIPT.replace("__MOST__", str(MOST_MS)).replace("__LOST__", str(LOST))
    )
    page = one.signs_in("sari")
    opened(page, product, number)
    page.evaluate(
        """() => setInterval(() => proof.chance() < 0.35 && proof.cut(), 400)""",
    )
    for n in range(1, SENDS + 1):
        page.fill("#composer textarea", f"Kiriman {n}")
        page.keyboard.press("Control+Enter")
        assert page.locator("#composer textarea").input_value() == ""
        page.wait_for_timeout(60)
        if n % 15 == 0:
            product.customer_says(f"Sela {n}", "6281355500901", "Bukti Kirim")
    wanted = list(range(1, SENDS + 1))
    assert page.evaluate("proof.shown()")[-5:] == wanted[-5:]  # shown before they are sent

    def settled() -> bool:
        page.evaluate(RETRY)
        left = page.locator("#log > .msg.out:not([data-message]), #log [data-state=sending]")
        return bool(left.count() == 0)

    demo.patiently(settled, seconds=60 + SENDS * MOST_MS / 1000)
    page.evaluate("proof.cut()")
    proof = page.evaluate("({ ...proof, chance: 0 })")
    assert proof["flips"] == []
    assert proof["doubles"] == []
    assert proof["cuts"] > 2
    assert proof["looked"] > SENDS
    demo.patiently(lambda: page.evaluate(SHOWN)[-40:] == stored(page, number)[-40:])
    assert page.evaluate("proof.shown()") == wanted
    demo.patiently(lambda: len(sent(product)) >= SENDS, seconds=60 + SENDS)
    assert sorted(sent(product)) == wanted


def test_what_arrives_costs_little_of_the_pages_time(
    desk: Callable[..., Any], product: Product
) -> None:
    """Twenty messages a second: the time of our own scripts for each, which a busy machine makes
    longer by a factor and not by an order of magnitude; long tasks are the bench's."""
    number = taken(product, "admin", "Tetap Terbuka", "6281355500950")
    page = desk().signs_in("admin")
    page.goto(f"{product.url}{WORKSPACE}/inbox/{number}/?view=all")
    page.locator("#thread-head h2").wait_for()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def script_time() -> float:
        rows = devtools.send("Performance.getMetrics")["metrics"]
        return float({row["name"]: row["value"] for row in rows}["ScriptDuration"])

    before, seconds, rate = script_time(), 5, 20
    posting = threading.Thread(
        target=lambda: asyncio.run(live.post(product, seconds, {}, rate)), daemon=True
    )
    posting.start()
    while posting.is_alive():
        page.wait_for_timeout(100)
    page.wait_for_timeout(2500)
    each = (script_time() - before) * 1000 / (seconds * rate)
    assert each < 40, f"{each:.1f} ms of script for one message"


def test_memory_does_not_grow_with_work(desk: Callable[..., Any], product: Product) -> None:
    """The page holds as many nodes after many switches as before, and hardly more memory; in a
    list that others leave alone, so that nothing else grows."""
    numbers = [taken(product, "budi", f"Ingatan {n}", f"62813555019{n:02}") for n in range(8)]
    page = desk().signs_in("budi")
    page.goto(f"{product.url}{WORKSPACE}/inbox/?view=mine&q=Ingatan")
    page.locator("#rows > .row").nth(len(numbers) - 1).wait_for()

    def switch(times: int) -> dict[str, float]:
        for n in range(times):
            number = numbers[n % len(numbers)]
            page.evaluate(
                "(n) => document.querySelector(`#rows > [data-number='${n}'] .row-link`).click()",
                number,
            )
            # A locator, since a handle would keep the nodes that it waited for.
            page.locator(f"#thread-head .thread-head[data-number='{number}']").wait_for()
        page.wait_for_timeout(600)
        return heap_of(page)

    before = switch(32)
    after = switch(SWITCHES - SWITCHES % len(numbers))
    assert after["nodes"] < before["nodes"] * 1.1
    assert after["kilobytes"] < before["kilobytes"] * 1.15
