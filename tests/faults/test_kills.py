"""Processes of ours die in the middle of the traffic; nothing is lost and nothing doubled."""

from __future__ import annotations

import pytest

from tests.faults.killing import kill, kill_one_of
from tests.faults.ordeal import Ordeal
from tests.faults.product import Product

pytestmark = pytest.mark.timeout(240)


def test_one_of_two_web_workers_dies(product: Product, ordeal: Ordeal) -> None:
    with ordeal:
        ordeal.wait_a_moment()
        ordeal.killed("one web", at=kill_one_of(product, "web"))


def test_all_of_web_dies(product: Product, ordeal: Ordeal) -> None:
    with ordeal:
        ordeal.wait_a_moment()
        ordeal.killed("web", at=kill(product, "web"))


def test_live_dies(product: Product, ordeal: Ordeal) -> None:
    with ordeal:
        ordeal.wait_a_moment()
        ordeal.killed("live", at=kill(product, "live"))


def test_the_worker_dies_while_it_reads(product: Product, ordeal: Ordeal) -> None:
    with ordeal:
        ordeal.wait_a_moment()
        ordeal.killed("worker", at=kill(product, "worker"))


def test_the_sender_dies_while_it_sends(product: Product, ordeal: Ordeal) -> None:
    product.turn(delay_ms=ordeal.rng.randrange(2000))
    with ordeal:
        ordeal.wait_a_moment()
        ordeal.killed("sender", at=kill(product, "sender"))
        product.turn(delay_ms=0)
