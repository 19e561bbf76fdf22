"""The page in a real browser: from a click to the painted thread, long tasks while events arrive,
memory after many switches, and the first paint on a slow processor.

Moments are taken in the page (`page.js`), so the driver's own time is not in them. *Warm* is a
row whose thread was prefetched, as hovering or the key J does; *cold* is fetched at the click.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench import live
from bench.client import spread
from bench.crowd import gather
from bench.product import Product
from tests import browsers

SLUG = "toko-nusantara"
INBOX = f"/w/{SLUG}/inbox/"
LOGIN = {"login": f"admin@{SLUG}.example", "password": "nusantara-2026"}
SCRIPT = (Path(__file__).parent / "page.js").read_text()
RATE, THROTTLE, MESSAGES = 20, 4, 60
LENGTHEN = """
INSERT INTO inbox_message (workspace_id, uuid, conversation_id, channel_id, direction, kind, text,
    data, state, reply_to, reactions, author_name, sent_at, created_at, attempts, error_code,
    error_text)
SELECT v.workspace_id, gen_random_uuid(), v.id, v.channel_id, CASE WHEN k %% 3 = 0 THEN 'out'
    ELSE 'in' END, 'text', 'Pesan nomor ' || k || ': ukuran dan warna masih ada, Kak?', '{}',
    CASE WHEN k %% 3 = 0 THEN 'read' ELSE 'received' END, '', '{}', 'Sari',
    v.last_message_at - k * interval '1 minute', now(), 0, '', ''
FROM (SELECT c.* FROM inbox_conversation c JOIN accounts_workspace w ON w.id = c.workspace_id
    WHERE w.slug = %s AND c.status <> 'resolved'
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT 60) v, generate_series(1, %s) k
"""


def measure(product: Product, short: bool) -> dict[str, Any]:
    """Milliseconds; heap in kilobytes; script time of the page for each event."""
    gather(product.env["DATABASE_URL"], SLUG, 500 if short else 5000)
    with psycopg.connect(product.env["DATABASE_URL"], autocommit=True) as owner:
        owner.execute(LENGTHEN, (SLUG, MESSAGES))
    with _browser() as browser:
        page = _signed_in(browser, product)
        found = {
            "click_cold": _clicks(page, 10 if short else 80, is_warm=False),
            "click_warm": _clicks(page, 10 if short else 80, is_warm=True),
            "events_20_per_second": _events(page, product, 5 if short else 30),
            "switches": _heap(page, 60 if short else 500),
        }
        return found | {"first_paint_throttled_4x": _paint(page, 2 if short else 7)}


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = browsers.find()
    if path is None:
        raise SystemExit(browsers.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browsers.FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def _signed_in(browser: Any, product: Product) -> Any:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    context.add_init_script(SCRIPT)
    page = context.new_page()
    page.goto(product.url)
    for name, value in LOGIN.items():
        page.fill(f"input[name={name}]", value)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox/**")
    page.goto(f"{product.url}{INBOX}?view=all")
    page.wait_for_selector("#rows > .row")
    for _ in range(2):  # enough rows, so that none has to be used twice while it is in the cache
        page.evaluate("document.getElementById('more')?.click()")
        page.wait_for_timeout(700)
    return page


def _clicks(page: Any, count: int, *, is_warm: bool) -> dict[str, float]:
    numbers = page.evaluate("bench.numbers()")
    took = []
    for n in range(count):
        number = numbers[(n * 7) % len(numbers)]
        page.wait_for_timeout(450)  # the neighbours' prefetch is over
        page.evaluate("bench.module('thread').then((thread) => thread.forgetAll())")
        if is_warm:
            page.evaluate("(n) => bench.module('thread').then((t) => t.prefetch(n))", number)
        took.append(page.evaluate("(n) => bench.open(n)", number) / 1000)
    return {"count": count, **spread(took)}


def _events(page: Any, product: Product, seconds: int) -> dict[str, float]:
    """20 messages a second from 400 customers, while a conversation is open."""
    page.evaluate("[(bench.longTasks.length = 0), (bench.frames = 0)]")
    devtools = page.context.new_cdp_session(page)  # its figures count from when it is enabled
    devtools.send("Performance.enable")
    before = _metrics(devtools)
    posting = threading.Thread(
        target=lambda: asyncio.run(live.post(product, seconds, {}, RATE)), daemon=True
    )
    posting.start()
    while posting.is_alive():
        page.wait_for_timeout(100)
    page.wait_for_timeout(1500)
    after = _metrics(devtools)
    devtools.detach()
    tasks, frames = page.evaluate("[bench.longTasks, bench.frames]")
    each = {name: (after[name] - before[name]) * 1000 / max(frames, 1) for name in after}
    return {
        "frames": frames,
        "long_tasks": len(tasks),
        "over_100_ms": sum(length > 100 for length in tasks),
        "longest_ms": round(max(tasks, default=0)),
        "script_ms_each": round(each["ScriptDuration"], 2),
        "task_ms_each": round(each["TaskDuration"], 2),
    }


def _metrics(devtools: Any) -> dict[str, float]:
    rows = devtools.send("Performance.getMetrics")["metrics"]
    return {
        row["name"]: row["value"]
        for row in rows
        if row["name"] in ("ScriptDuration", "TaskDuration")
    }


def heap_of(page: Any) -> dict[str, float]:
    """What the page holds after a garbage collection: kilobytes, and nodes of the document."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    used = devtools.send("Runtime.getHeapUsage")["usedSize"]
    nodes = devtools.send("Memory.getDOMCounters")["nodes"]
    devtools.detach()
    return {"kilobytes": round(used / 1024), "nodes": nodes}


def _heap(page: Any, count: int) -> dict[str, float]:
    numbers = page.evaluate("bench.numbers()")[:60]
    for number in numbers[:20]:
        page.evaluate("(n) => bench.open(n)", number)
    before, began = heap_of(page), time.perf_counter()
    for n in range(count):
        page.evaluate("(n) => bench.open(n)", numbers[n % len(numbers)])
    took = (time.perf_counter() - began) / count
    page.wait_for_timeout(500)
    after = heap_of(page)
    return {
        "count": count,
        "each_ms": round(took * 1000, 1),
        "kilobytes_before": before["kilobytes"],
        "kilobytes_after": after["kilobytes"],
        "nodes_before": before["nodes"],
        "nodes_after": after["nodes"],
    }


def _paint(page: Any, count: int) -> dict[str, float]:
    """The inbox with a conversation open, loaded again on a processor a quarter as fast."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    paints, shifts = [], []
    for _ in range(count):
        page.reload(wait_until="load")
        page.wait_for_timeout(2500)
        painted, shifted = page.evaluate("[bench.painted, bench.shifts]")
        paints.append(painted / 1000)
        shifts.append(shifted)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    found = spread(paints)
    return {
        "count": count,
        "lcp_p50_ms": found["p50_ms"],
        "lcp_max_ms": found["max_ms"],
        "cls_max": round(max(shifts), 4),
    }
