"""`python -m tests.screenshots [word...]`: pictures of the pages and states of a filled demo.

They go to screenshots/ by language, theme and width, the chosen few to docs/images/. With
words, only the pages whose name has one of them; a word like `id-light-390` chooses a look.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from bench.product import Product
from tests import browsers
from tests.browser import demo
from tests.browser.showcase import every_kind
from tests.screenshots.crowd import crowd
from tests.screenshots.looking import OUT, ROOT, shoot
from tests.screenshots.pages import scenes
from tests.screenshots.states import states

CHOSEN = ROOT / "docs" / "images"
README = {
    "inbox-light.png": ("conversation", "id-light-1440"),
    "inbox-dark.png": ("conversation", "en-dark-1440"),
    "thread-phone.png": ("conversation", "id-light-390"),
}


def main(words: list[str]) -> None:
    """Start, fill, look."""
    with Product(join=False) as product, sync_playwright() as playwright:
        numbers = demo.fill(product)
        demo.Agent(product, "admin").post("settings/channels/1/templates/sync/")
        numbers["kinds"] = every_kind(product, demo.Agent(product, "sari"))
        numbers["full"] = crowd(product)
        path = browsers.find() or sys.exit(browsers.MISSING)
        browser = playwright.chromium.launch(executable_path=path, args=browsers.FLAGS)
        everything = scenes(product, numbers) + states(numbers)
        for file in shoot(browser, product, everything, words):
            print(file.relative_to(ROOT), flush=True)
            choose(file)


def choose(file: Path) -> None:
    """Keep it for the README, if it is one of its pictures: in 256 colours, a third of the size."""
    for name, (scene, look) in README.items():
        if file == OUT / look / f"{scene}.png":
            CHOSEN.mkdir(parents=True, exist_ok=True)
            whole = Image.open(file).convert("RGB")
            whole.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2).save(
                CHOSEN / name, optimize=True
            )


if __name__ == "__main__":
    main(sys.argv[1:])
