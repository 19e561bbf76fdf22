"""The engines die, with and without their data; the product answers and heals by itself."""

from __future__ import annotations

import pytest

from tests.faults.killing import EVERYTHING, kill, nobody_restarts, valkey_marked, wipe
from tests.faults.ordeal import Ordeal
from tests.faults.product import Product

TRY_AGAIN = 1013
pytestmark = pytest.mark.timeout(240)


def test_valkey_dies_and_comes_back_with_its_data(product: Product, ordeal: Ordeal) -> None:
    with ordeal, valkey_marked(product, survives=True):
        ordeal.wait_a_moment()
        with nobody_restarts(product):
            ordeal.killed("valkey", at=kill(product, "valkey"))
            ordeal.outage(3)


def test_valkey_dies_and_comes_back_empty(product: Product, ordeal: Ordeal) -> None:
    with ordeal, valkey_marked(product, survives=False) as folder:
        ordeal.wait_a_moment()
        with nobody_restarts(product):
            ordeal.killed("valkey", at=kill(product, "valkey"))
            wipe(folder)
            ordeal.outage(3)


def test_postgresql_dies(product: Product, ordeal: Ordeal) -> None:
    with ordeal:
        ordeal.wait_a_moment()
        with nobody_restarts(product):
            ordeal.killed("postgres", at=kill(product, "postgres"))
            ordeal.outage(3)
    assert ordeal.times
    assert ordeal.times.answers_503
    closed = {line["code"] for line in ordeal.book.lines("socket lost")}
    assert closed <= {TRY_AGAIN}


def test_everything_dies_at_once(product: Product, ordeal: Ordeal) -> None:
    with ordeal:
        ordeal.wait_a_moment()
        with nobody_restarts(product):
            ordeal.killed("everything", at=kill(product, *EVERYTHING))
            ordeal.outage(2)
