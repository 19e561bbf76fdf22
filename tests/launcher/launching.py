"""Starts the launcher in a folder of its own and looks for what it leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0
STARTED: list[Launched] = []


class Launched:
    """A launcher in `folder`; its output is read until a line is found."""

    def __init__(self, folder: Path, *options: str, **settings: str) -> None:
        self.folder, self.output = folder, folder / "output.txt"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "helpdesk.launcher", *options],
                cwd=ROOT,
                env={**surroundings(), "DATA_DIR": str(folder / "data"), **settings},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        STARTED.append(self)

    def said(self) -> str:
        return self.output.read_text()

    def until(self, text: str) -> str:
        """What it said up to now, once `text` is in it."""
        wait_for(lambda: text in self.said() or self.process.poll() is not None)
        assert text in self.said(), self.said()
        return self.said()

    def tell(self, number: int) -> None:
        os.kill(self.process.pid, number)

    def end(self) -> int:
        """Stop it in order and tell its exit code."""
        self.tell(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def surroundings() -> dict[str, str]:
    """Our environment without what the test run itself has filled."""
    filled = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEYS", "PUBLIC_ORIGINS"}
    filled |= {"LIVE_ORIGIN", "EMAIL_URL", "DATABASE_USE_POOL", "MAKELEVEL"}
    return {name: value for name, value in os.environ.items() if name not in filled}


def left_behind(folder: Path) -> list[str]:
    """Command lines of processes that know this folder; the dead do not count."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            told = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            told += os.fsencode((entry / "fd/1").readlink())
            dead = (entry / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
        except OSError:
            continue
        if os.fsencode(folder) in told and not dead:
            found.append((entry / "cmdline").read_text().replace("\0", " "))
    return found


def process_of(folder: Path, part: str) -> int:
    """The oldest process of this folder whose command line holds `part`."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            told = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            command = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if os.fsencode(folder) in told and part in command:
            found.append(int(entry.name))
    return min(found)


def wait_for(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    """Poll until it holds; the caller asserts what it wanted."""
    deadline = time.monotonic() + patience
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
