"""What the launcher says: every line carries the name of the process it comes from."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import IO

WIDTH = 8
COLOURS = {
    "web": 36,
    "live": 35,
    "worker": 33,
    "sender": 94,
    "beat": 34,
    "sandbox": 32,
    "setup": 90,
}
_lock = threading.Lock()


def say(text: str, name: str = "launcher") -> None:
    """Print one prefixed line; a terminal that has gone away is no reason to fail."""
    prefix = f"{name:<{WIDTH}} |"
    if coloured() and (colour := COLOURS.get(name)):
        prefix = f"\x1b[{colour}m{prefix}\x1b[0m"
    with _lock, suppress(OSError, ValueError):
        print(prefix, text, flush=True)


def say_block(text: str) -> None:
    """Print several lines as they are, without a prefix."""
    with _lock, suppress(OSError, ValueError):
        print(text, flush=True)


def coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def relay(stream: IO[bytes], name: str) -> threading.Thread:
    """Copy a child's output line by line until it ends."""

    def copy() -> None:
        with stream:
            for line in stream:
                say(line.decode(errors="replace").rstrip(), name)

    thread = threading.Thread(target=copy, name=f"log-{name}", daemon=True)
    thread.start()
    return thread
