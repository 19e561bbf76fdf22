"""One product for all ordeals, a seeded chance for each, and a table at the end."""

from __future__ import annotations

import os
import random
from collections.abc import Generator
from pathlib import Path

import psutil
import pytest

from tests.faults.ordeal import Ordeal
from tests.faults.product import Product

SEED = os.environ.get("FAULTS_SEED", str(random.randrange(10**6)))
REPEATS = int(os.environ.get("FAULTS_REPEATS", "1"))
_lines: list[str] = []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every ordeal as often as FAULTS_REPEATS says."""
    if "repeat" in metafunc.fixturenames:
        metafunc.parametrize("repeat", range(REPEATS))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The seed, and what each ordeal took."""
    if _lines:
        terminalreporter.section(f"faults, FAULTS_SEED={SEED}")
        for line in _lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="package")
def product() -> Generator[Product, None, None]:
    """The product with its demo companies."""
    if not psutil.LINUX:
        pytest.skip("holds and finds processes as Linux does")
    running = Product()
    yield running
    running.stop()


@pytest.fixture
def ordeal(
    product: Product, repeat: int, tmp_path: Path, request: pytest.FixtureRequest
) -> Generator[Ordeal, None, None]:
    """To be entered: then traffic flows. Its chance depends on seed, test and repeat alone."""
    name = request.node.name
    print(f"FAULTS_SEED={SEED} {name}")
    found = Ordeal(product, tmp_path, f"{SEED} {name}")
    yield found
    found.book.close()
    _lines.append(f"{name}\n    {found.times or 'not measured'}")
    if found.times is None:
        print("\n".join(product.said.splitlines()[-60:]))
