"""The data folder: one launcher at a time, its secrets, and what the running one has told."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import time
from pathlib import Path
from typing import Any

CLEAN_UP_LIMIT = 20.0


class AlreadyRunning(Exception):
    """Another launcher holds this folder; the message says where it answers."""


class DataFolder:
    """`path` with its lock; private files are made 0600."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.note = self.path / "running.json"

    def take(self) -> int:
        """Take the folder or raise AlreadyRunning; the lock is for the guardian to hold too.

        There are two locks: `alive` ends with the launcher, however it ends; `folder` ends when
        its guardian has cleaned up as well, and for that moment a new launcher waits.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        alive = os.open(self.path / "alive.lock", os.O_RDWR | os.O_CREAT, 0o600)
        folder = os.open(self.path / "folder.lock", os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + CLEAN_UP_LIMIT
        if not try_lock(alive):
            where = (self.running() or {}).get("address", "an address it has not told yet")
            raise AlreadyRunning(f"It is already running from {self.path}, at {where}")
        while not try_lock(folder):
            if time.monotonic() > deadline:
                raise AlreadyRunning(f"What ran in {self.path} before does not end.")
            time.sleep(0.05)
        self.note.unlink(missing_ok=True)
        return folder

    def tell(self, **facts: Any) -> None:
        """Leave a note for other commands: who runs here, where, with which environment."""
        write_private(self.note, json.dumps({"pid": os.getpid(), **facts}))

    def running(self) -> dict[str, Any] | None:
        """The note of the launcher that runs here, if one does."""
        try:
            note: dict[str, Any] = json.loads(self.note.read_text())
        except FileNotFoundError:
            return None
        with open(self.path / "alive.lock") as alive:
            return None if try_lock(alive.fileno()) else note

    def leave(self) -> None:
        self.note.unlink(missing_ok=True)

    def secrets(self) -> dict[str, str]:
        """Made at the first start and kept: losing them makes encrypted columns unreadable."""
        file = self.path / "secrets.env"
        if not file.exists():
            made = {
                "SECRET_KEY": secrets.token_urlsafe(50),
                "FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            }
            write_private(file, "".join(f"{name}={value}\n" for name, value in made.items()))
        pairs = (line.partition("=") for line in file.read_text().splitlines() if "=" in line)
        return {name: value for name, _, value in pairs}


def write_private(file: Path, text: str) -> None:
    """Write whole or not at all, readable by its owner only."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    fresh.replace(file)


def try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
