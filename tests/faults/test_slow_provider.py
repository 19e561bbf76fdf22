"""A provider that takes its time holds up replies to it, and nothing else."""

from __future__ import annotations

import pytest

from tests.faults.ordeal import Ordeal
from tests.faults.product import Product

pytestmark = pytest.mark.timeout(240)
LATEST = 20.0  # without taking turns it was 45 s


def test_what_customers_write_is_not_held_up(product: Product, ordeal: Ordeal) -> None:
    product.turn(delay_ms=2000)
    with ordeal:
        ordeal.traffic.generated.wait(60)
        product.turn(delay_ms=0)
    assert ordeal.times
    assert ordeal.times.shown_late < LATEST
