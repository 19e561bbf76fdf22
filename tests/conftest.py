"""What every test may ask for; the engines start here, before Django reads its settings."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.core.management import call_command

from helpdesk.management.commands.compile_translations import compile_catalogue
from tests import browsers, engines

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TRANSACTIONAL = {"transactional_db", "django_db_reset_sequences", "live_server"}
_engines = engines.start()
for _po in Path(__file__).parents[1].glob("locale/*/LC_MESSAGES/*.po"):
    compile_catalogue(_po)  # before Django reads them, which it does once: a fresh clone has none
django.setup()  # here, so that the conftest of a folder may import models
call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["django_htmx/ext/*"])

from tests.people import committed_world, world  # noqa: E402, F401  (fixtures)


def pytest_unconfigure() -> None:
    engines.stop(_engines)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any
) -> Generator[None, None, None]:
    """The database is the owner's, the tests run as the app's login: see tests/database.py."""
    from tests import database

    with django_db_blocker.unblock():
        database.create()
    yield
    with django_db_blocker.unblock():
        database.drop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """After a test that commits, and after its own teardown, remove its rows.

    After the last test the database itself is gone.
    """
    yield
    if nextitem is not None and commits(item):
        from tests import database

        database.empty()


def commits(item: pytest.Item) -> bool:
    """Does this test leave rows behind that no rollback takes away?"""
    marker = item.get_closest_marker("django_db")
    if marker is not None and (marker.kwargs.get("transaction") or any(marker.args[:1])):
        return True
    return bool(TRANSACTIONAL & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's loop stays in this thread from its first use on."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))
    for item in items:
        if "chrome_path" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chrome_path() -> str:
    """The browser's program; without one the test is skipped, on CI it fails."""
    if path := browsers.find():
        return path
    if os.environ.get("CI"):
        pytest.fail(browsers.MISSING)
    pytest.skip(browsers.MISSING)


@pytest.fixture(scope="session")
def browser(chrome_path: str) -> Generator[Browser, None, None]:
    """One Chromium for the session; make a context for each test.

    Playwright's event loop runs in this thread, which makes Django refuse its ORM here; the
    tests' own set-up is synchronous all the same, so we say that it is meant.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        chromium = playwright.chromium.launch(executable_path=chrome_path, args=browsers.FLAGS)
        yield chromium
        chromium.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
