"""A provider to talk to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.channels_integration.whatsapp.fake import FakeGraph


@pytest.fixture
def provider(settings: Any) -> Iterator[FakeGraph]:
    settings.EGRESS_ALLOW = ["127.0.0.0/8"]
    fake = FakeGraph()
    yield fake
    fake.server.close()
