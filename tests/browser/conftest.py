"""The whole product for the browser: the launcher with its engines, demo and sandbox."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

import pytest

from bench.product import Product
from helpdesk.management.commands.seed_demo import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def product() -> Generator[Product, None, None]:
    """Started once for all browser tests."""
    with Product(join=False) as running:
        yield running


class Desk:
    """An agent's browser: its own cookies, and everything the console complained about."""

    def __init__(self, browser: Browser, product: Product, **options: Any) -> None:
        options = {"viewport": WIDE, "locale": "id-ID", "reduced_motion": "reduce", **options}
        self.context: BrowserContext = browser.new_context(**options)
        self.product = product
        self.complaints: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def signs_in(self, who: str, company: str = "toko-nusantara") -> Page:
        """By the sign-in page, to the inbox."""
        self.page.goto(self.product.url)
        self.page.fill("input[name=login]", f"{who}@{company}.example")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/inbox/**")
        return self.page


@pytest.fixture
def desk(browser: Browser, product: Product) -> Generator[Callable[..., Desk], None, None]:
    """Make desks; they close after the test."""
    made: list[Desk] = []

    def make(**options: Any) -> Desk:
        made.append(Desk(browser, product, **options))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
