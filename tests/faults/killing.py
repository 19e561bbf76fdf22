"""Finds the product's processes below its launcher and kills them without a word."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.faults.product import Product
from tests.launcher.launching import wait_for

MARKS = {
    "web": "gunicorn",
    "live": "uvicorn",
    "worker": "worker --concurrency",
    "sender": "--queues outside",
    "beat": "beat --schedule",
    "postgres": "bin/postgres",
    "valkey": "valkey-server",
}
EVERYTHING = tuple(MARKS)


def processes(product: Product, name: str) -> list[psutil.Process]:
    """The program's first process and all below it (PostgreSQL's children have groups of
    their own, so the group alone would not do)."""
    launcher = psutil.Process(product.launched.process.pid)
    for child in launcher.children():
        with suppress(psutil.Error):
            if MARKS[name] in " ".join(child.cmdline()):
                return [child, *child.children(recursive=True)]
    return []


def kill(product: Product, *names: str) -> float:
    """SIGKILL them all, parents first, and wait until they are gone; when it happened."""
    found = [process for name in names for process in processes(product, name)]
    assert found
    at = time.time()
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    wait_for(lambda: not any(map(runs, found)), 10)
    return at


def kill_one_of(product: Product, name: str) -> float:
    """SIGKILL one of its child processes; its parent replaces it."""
    at = time.time()
    processes(product, name)[1].kill()
    return at


def runs(process: psutil.Process) -> bool:
    """Whether it does; the dead that nobody has collected do not count."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


@contextmanager
def nobody_restarts(product: Product) -> Iterator[None]:
    """Hold the launcher still, so that what dies stays dead until the end of the block."""
    pid = product.launched.process.pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def valkey_marked(product: Product, *, survives: bool) -> Iterator[Path]:
    """Yields Valkey's data folder; afterwards proves that the data was kept, or was not."""
    with product.valkey() as client:
        client.set("faults", 1)
        folder = Path(client.config_get("dir")["dir"])
    yield folder

    def kept() -> bool | None:
        with suppress(Exception), product.valkey() as client:
            return bool(client.exists("faults"))
        return None

    wait_for(lambda: kept() is not None)
    assert kept() is survives


def wipe(folder: Path) -> None:
    """Remove everything that Valkey has written."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
