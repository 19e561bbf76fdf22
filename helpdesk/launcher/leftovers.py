"""Engines that have lost both their launcher and its guardian, and the files that name them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 10.0


def end_leftover(pid_file: Path, mark: Path) -> None:
    """Remove a stale pid file; if its process is the engine of `mark`, end that first.

    After a crash the file may name a process id that now belongs to somebody else, and an
    engine would then refuse to start. The caller holds the lock of the data folder, so an
    engine that still runs here is nobody's: it is stopped, not adopted.
    """
    if not pid_file.exists():
        return
    first = pid_file.read_text().split("\n", 1)[0]
    pid = int(first) if first.strip().isdigit() else 0
    deadline = time.monotonic() + PATIENCE
    while pid and is_engine_of(pid, mark) and time.monotonic() < deadline:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        time.sleep(0.1)
    pid_file.unlink(missing_ok=True)


def is_engine_of(pid: int, mark: Path) -> bool:
    """Does the command line of the process name this path?"""
    command = Path(f"/proc/{pid}/cmdline")
    if command.exists():
        return os.fsencode(mark) in command.read_bytes()
    ask = ["ps", "-o", "command=", "-p", str(pid)]
    listing = subprocess.run(ask, check=False, capture_output=True, text=True)
    return str(mark) in listing.stdout
