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
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults_of(page: Any, deep: bool) -> list[str]:
    """What is wrong with the page that is open; axe takes its time, so only if `deep`."""
    found = [
        f"{violation['id']}: {[node['html'][:100] for node in violation['nodes'][:3]]}"
        for violation in (AXE.run(page).response["violations"] if deep else [])
    ]
    if page.evaluate(TOO_WIDE) > 0:
        found.append(f"wider than the screen by {page.evaluate(TOO_WIDE)} px")
    return found + [f"cut: {html}" for html in page.evaluate(CUT)]
