"""What is wrong with a page that is open: access, width, words that are cut."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

AXE = Axe()
CUT = """
() => [...document.querySelectorAll('button, .tab, [role=tab], a.button, th')]
    .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1
        && getComputedStyle(e).overflowX !== 'visible')
    .map(e => e.outerHTML.slice(0, 120))
"""
TOO_WIDE = """
() => [document.documentElement, ...document.querySelectorAll(
        '.stage, .settings-page, .list, .rows-scroll, .log, .contact, .composer, .sheet')]
    .filter(e => e.clientWidth && getComputedStyle(e).overflowX !== 'hidden')
    .map(e => [e.className || e.localName, e.scrollWidth - e.clientWidth])
    .filter(([, by]) => by > 0).map(([name, by]) => `${name}: wider than its place by ${by} px`)
"""


def faults_of(page: Any, deep: bool) -> list[str]:
    """What is wrong with the page that is open; axe takes its time, so only if `deep`."""
    found = [
        f"{violation['id']}: {[node['html'][:100] for node in violation['nodes'][:3]]}"
        for violation in (AXE.run(page).response["violations"] if deep else [])
    ]
    found += page.evaluate(TOO_WIDE)
    return found + [f"cut: {html}" for html in page.evaluate(CUT)]
