"""`make run` in full: everything answers, heals after kills, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from helpdesk.launcher.environment import PORTS
from helpdesk.launcher.ports import any_free
from tests.launcher.launching import Launched, left_behind, process_of, wait_for

pytestmark = pytest.mark.timeout(120)
PROCESSES = {
    "web": "gunicorn",
    "live": "uvicorn",
    "worker": "worker --concurrency",
    "sender": "--queues outside",
    "sandbox": "-m sandbox",
}


def test_it_starts_heals_starts_again_quickly_and_ends(folder: Path) -> None:
    ports = {name: str(any_free()) for name in PORTS}
    settings = {**ports, "WEB_WORKERS": "1", "WORKER_PROCESSES": "1"}
    first = Launched(folder, **settings)
    wait_for(lambda: "ready in" in first.said() or first.process.poll() is not None, patience=60)
    assert "nusantara-2026" in first.said(), first.said()
    doors = [f"http://127.0.0.1:{ports[name]}/health/live" for name in ("WEB_PORT", "LIVE_PORT")]
    for part in PROCESSES.values():
        os.kill(process_of(folder, part), signal.SIGKILL)
    for name in PROCESSES:
        first.until(f"{name} ended (signal 9)")
    wait_for(lambda: all(map(answers, doors)))
    assert all(map(answers, doors))
    first.tell(signal.SIGKILL)
    first.process.wait()

    began = time.monotonic()
    second = Launched(folder, **settings)
    second.until("ready in")
    assert "bringing up to date" not in second.said()
    assert time.monotonic() - began < 15
    second.tell(signal.SIGINT)
    assert second.process.wait(12) == 0
    assert left_behind(folder) == []


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
