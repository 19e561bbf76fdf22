"""The product under measurement: the launcher on a data folder of its own, removed after."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import httpx
import psutil

ROOT = Path(__file__).resolve().parents[1]
PORTS = ("WEB_PORT", "LIVE_PORT", "SANDBOX_PORT", "SMTP_PORT")


class Product:
    """Started on entry, stopped on exit; `env` is what its processes got.

    With `join` this process also gets that environment and Django, to look from the inside.
    """

    def __init__(self, *, join: bool = True) -> None:
        self.join = join

    def __enter__(self) -> Product:
        self.folder = Path(tempfile.mkdtemp(prefix="helpdesk-bench-"))
        self.folder.chmod(0o755)
        ports = {name: str(free_port()) for name in PORTS}
        unset = ("DATABASE_URL", "DATABASE_APP_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEYS")
        own = {k: v for k, v in os.environ.items() if k not in unset}
        own |= {**ports, "DATA_DIR": str(self.folder / "data"), "LOG_LEVEL": "WARNING"}
        for name in ("PUBLIC_ORIGINS", "LIVE_ORIGIN", "EMAIL_URL", "WHATSAPP_BASE_URL"):
            own.pop(name, None)
        self.log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "helpdesk.launcher"],
            cwd=ROOT,
            env=own,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self._wait(own, f"http://127.0.0.1:{ports['WEB_PORT']}/health/ready")
        self.env = self._environment(own)
        if self.join:
            os.environ.update(self.env)
            django.setup()
        return self

    def __exit__(self, *error: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self, own: dict[str, str], url: str) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                if httpx.get(url, timeout=2).status_code == 200:
                    time.sleep(3)  # the worker has no door to knock at
                    return
            except httpx.HTTPError:
                time.sleep(0.2)
        raise SystemExit((self.folder / "log").read_text()[-3000:])

    def _environment(self, own: dict[str, str]) -> dict[str, str]:
        """What the launcher filled in, asked of a Python process beside it."""
        printing = "import json, os; print(json.dumps(dict(os.environ)))"
        shown = subprocess.run(
            [sys.executable, "-m", "helpdesk.launcher", "--manage", "shell", "-c", printing],
            cwd=ROOT,
            env=own,
            capture_output=True,
            text=True,
            check=True,
        )
        line = next(line for line in shown.stdout.splitlines() if line.startswith("{"))
        found: dict[str, str] = json.loads(line)
        return found

    @property
    def web(self) -> tuple[str, int]:
        """Host and port of the web process."""
        return "127.0.0.1", int(self.env["WEB_PORT"])

    @contextmanager
    def asleep(self, name: str) -> Iterator[None]:
        """Stop the processes of `celery worker` (or beat) for a while, without ending them."""
        own = psutil.Process(self.process.pid).children(recursive=True)
        found = [p for p in own if "celery" in p.cmdline() and name in p.cmdline()]
        for process in found:
            process.suspend()
        try:
            yield
        finally:
            for process in found:
                process.resume()

    @property
    def url(self) -> str:
        """The address of the pages."""
        return f"http://127.0.0.1:{self.env['WEB_PORT']}"

    @property
    def sandbox(self) -> str:
        """The address of the sandbox."""
        return f"http://127.0.0.1:{self.env['SANDBOX_PORT']}"

    def turn(self, **knobs: Any) -> None:
        """Turn knobs of the sandbox."""
        httpx.post(f"{self.sandbox}/api/knobs", json=knobs, timeout=10).raise_for_status()

    def customer_says(self, text: str, phone: str = "6281355500177", name: str = "Rahmat") -> None:
        """A message through the sandbox, as its page sends it."""
        said = {"number": self.number["phone_number_id"], "from": phone, "name": name, "text": text}
        httpx.post(f"{self.sandbox}/api/customers/send", json=said, timeout=20).raise_for_status()

    def ledger(self) -> list[dict[str, Any]]:
        """What the provider received."""
        answer = httpx.get(f"{self.sandbox}/ledger", timeout=20)
        return [json.loads(line) for line in answer.text.splitlines() if line.strip()]

    @property
    def number(self) -> dict[str, Any]:
        """The demo company's WhatsApp number: secrets and webhook."""
        return next(n for n in self.numbers if n["workspace"] == "toko-nusantara")

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """All numbers of the demo companies."""
        known = json.loads((Path(self.env["DATA_DIR"]) / "sandbox.json").read_text())
        found: list[dict[str, Any]] = known["numbers"]
        return found


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
