"""Taking the pictures: one for each scene and look, as somebody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.product import Product
from tests.browser import demo
from tests.browser.tour import LOOKS, TABLET, Look

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "screenshots"
ALL = [*LOOKS, Look("id", "light", TABLET)]


def _nothing(page: Page) -> None:
    """The page as it came."""


@dataclass(frozen=True)
class Scene:
    """A page as somebody sees it, after something was done on it."""

    name: str
    who: str
    path: str
    prepare: Callable[[Page], None] = _nothing


def shoot(
    browser: Browser,
    product: Product,
    all_scenes: list[Scene],
    words: list[str],
) -> Iterator[Path]:
    """One picture for each look and scene."""
    names = {look.name for look in ALL}
    chosen = [look for look in ALL if look.name in words] or ALL
    words = [word for word in words if word not in names]
    wanted = [s for s in all_scenes if not words or any(word in s.name for word in words)]
    seats: dict[str, Any] = {"": None}
    for who in {scene.who for scene in wanted} - {""}:
        seats[who] = seat(browser, product, who)
    for look in chosen:
        (OUT / look.name).mkdir(parents=True, exist_ok=True)
        for who, state in seats.items():
            still = {"reduced_motion": "reduce", "storage_state": state}
            context = browser.new_context(**look.options, **still)
            for scene in (scene for scene in wanted if scene.who == who):
                yield picture(context.new_page(), product, scene, OUT / look.name)
            context.close()


def picture(page: Page, product: Product, scene: Scene, folder: Path) -> Path:
    """The whole page; the inbox is never longer than the screen."""
    page.goto(product.url + scene.path)
    page.wait_for_load_state()
    scene.prepare(page)
    _grow(page)
    page.wait_for_timeout(200)
    file = folder / f"{scene.name}.png"
    page.screenshot(path=file)
    page.context.set_offline(False)
    page.close()
    return file


def _grow(page: Page) -> None:
    """As high as the settings page is, since it scrolls inside of the frame."""
    tall = page.evaluate(
        "() => Math.max(document.documentElement.scrollHeight, "
        "document.querySelector('.stage')?.scrollHeight ?? 0)"
    )
    size = page.viewport_size
    if size and tall > size["height"] and not page.locator("dialog[open]").count():
        rail = 80 if size["width"] < 760 and page.locator(".stage").count() else 0
        page.set_viewport_size({"width": size["width"], "height": min(tall + rail, 4000)})


def seat(browser: Browser, product: Product, who: str) -> Any:
    """The cookies of somebody who signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(product.url)
    page.fill("input[name=login]", who if "@" in who else f"{who}@toko-nusantara.example")
    page.fill("input[name=password]", demo.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox/**")
    state = context.storage_state()
    context.close()
    return state
