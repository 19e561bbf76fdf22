"""One live process for the folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.activity.ears import Live


@pytest.fixture(scope="package")
def live_process(django_db_setup: None) -> Iterator[Live]:
    """The live process, with its hints from Valkey."""
    running = Live.start(timer=15)
    yield running
    running.stop()


@pytest.fixture
def live(live_process: Live) -> Iterator[Live]:
    """The live process; the sockets of a test end with it."""
    with live_process.opened:
        yield live_process
