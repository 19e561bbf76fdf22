"""What the tests of accounts share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.accounts.mailbox import Mailbox, open_mailbox


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A mail server that the product sends to."""
    with open_mailbox(settings) as opened:
        yield opened
