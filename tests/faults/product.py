"""The real product, started by its launcher on a data folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import psycopg
import redis

from helpdesk.launcher.environment import PORTS
from helpdesk.launcher.ports import any_free
from tests.launcher.launching import (
    ROOT,
    STARTED,
    Launched,
    left_behind,
    surroundings,
    wait_for,
)

PASSWORD = "nusantara-2026"
SCRIPT = Path(__file__).with_name("make_tokens.py")


@dataclass(frozen=True)
class Person:
    """Somebody of a demo company: `token` is for the API, `member` his id."""

    email: str
    workspace: str
    token: str
    member: int


class Product:
    """Running since it was made; `stop` ends it and removes its folder."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="faults-"))
        self.folder.chmod(0o711)
        ports = {name: str(any_free()) for name in PORTS}
        self.launched = Launched(self.folder, **ports, LOG_LEVEL="WARNING", DEBUG="0")
        STARTED.remove(self.launched)
        wait_for(lambda: "ready in" in self.said or self.launched.process.poll() is not None, 90)
        assert "ready in" in self.said, self.said
        note = (self.folder / "data" / "running.json").read_text()
        self.env: dict[str, str] = json.loads(note)["env"]
        self.web = f"http://127.0.0.1:{ports['WEB_PORT']}"
        self.live = f"ws://127.0.0.1:{ports['LIVE_PORT']}"
        self.sandbox = f"http://127.0.0.1:{ports['SANDBOX_PORT']}"

    @property
    def said(self) -> str:
        """What all its processes have written."""
        return self.launched.said()

    @cached_property
    def people(self) -> dict[str, Person]:
        """The demo's people as ``sari@toko-nusantara``, each with a fresh token."""
        made = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", SCRIPT.read_text()],
            cwd=ROOT,
            env={**surroundings(), **self.env},
            capture_output=True,
            text=True,
            check=True,
        )
        rows = json.loads(made.stdout.splitlines()[-1])
        return {row.pop("key"): Person(**row) for row in rows}

    def number(self, workspace: str) -> dict[str, str]:
        """The WhatsApp number of a company: its secrets and its webhook."""
        numbers = json.loads((self.folder / "data" / "sandbox.json").read_text())["numbers"]
        found: dict[str, str] = next(n for n in numbers if n["workspace"] == workspace)
        return found

    def database(self) -> psycopg.Connection[Any]:
        """A connection as the owner of the tables."""
        return psycopg.connect(self.env["DATABASE_URL"], autocommit=True, connect_timeout=3)

    def valkey(self) -> redis.Redis:
        """A client of its Valkey."""
        return redis.Redis.from_url(self.env["REDIS_URL"], socket_timeout=2)

    def turn(self, **knobs: Any) -> None:
        """Set knobs of the stand-in provider."""
        httpx.post(f"{self.sandbox}/api/knobs", json=knobs, timeout=10).raise_for_status()

    def stop(self) -> None:
        """End it in order; nothing may be left."""
        self.launched.end()
        wait_for(lambda: not left_behind(self.folder))
        left = left_behind(self.folder)
        if "FAULTS_KEEP" not in os.environ:
            shutil.rmtree(self.folder, ignore_errors=True)
        assert left == []
