"""A sandbox process of its own, and what stands for the product behind it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from tests.sandbox.graph import Graph
from tests.sandbox.product import Product

ROOT = Path(__file__).parents[2]
CALM = {
    "fail_next": 0,
    "fail_code": 131000,
    "fail_late": False,
    "garbage_next": 0,
    "silent_next": 0,
    "offline": False,
    "delay_ms": 0,
    "per_second": 0,
    "per_pair": 0,
    "twice": False,
    "shuffled": False,
    "statuses": True,
    "token_revoked": False,
    "media_fail_next": 0,
    "media_cut_next": 0,
    "media_gone": False,
    "media_url_seconds": 300,
    "bsuid_refused": "authentication",
    "template_held": False,
    "window_open": False,
}


@dataclass
class Sandbox:
    """The running sandbox, its number as the adapter sees it, and the product behind it."""

    url: str
    smtp_port: int
    numbers: Path
    product: Product
    channel: Any
    client: httpx.Client  # opened once: a new one costs more than what it is used for

    def get(self, path: str) -> Any:
        return self.client.get(path).json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        answer = self.client.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    def write(self, text: str, sender: str = "6281355500177") -> Any:
        number = self.channel.account_id
        return self.post("/api/customers/send", {"number": number, "from": sender, "text": text})

    def ledger(self) -> list[dict[str, Any]]:
        lines = self.client.get("/ledger").text.splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    product, port, smtp_port = Product(), free_port(), free_port()
    numbers = tmp_path_factory.mktemp("sandbox") / "sandbox.json"
    numbers.write_text(json.dumps({"numbers": [number("880000000000001", product.url)]}))
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox"],
        cwd=ROOT,
        env={
            **os.environ,
            "SANDBOX_PORT": str(port),
            "SMTP_PORT": str(smtp_port),
            "SANDBOX_NUMBERS": str(numbers),
        },
    )
    channel = SimpleNamespace(
        account_id="880000000000001",
        config={"base_url": f"http://127.0.0.1:{port}", "waba_id": "990000000000001"},
        secrets={"access_token": "EAAG-token", "app_secret": "test_app_secret"},
    )
    url = f"http://127.0.0.1:{port}"
    client = httpx.Client(base_url=url, trust_env=False, verify=False)
    sandbox = Sandbox(url, smtp_port, numbers, product, channel, client)
    wait_until_up(sandbox.url)
    yield sandbox
    client.close()
    process.terminate()
    process.wait(10)
    product.close()


@pytest.fixture
def sandbox(running: Sandbox, settings: Any) -> Sandbox:
    settings.EGRESS_ALLOW = ["127.0.0.0/8"]
    running.post("/api/knobs", CALM)
    running.product.answers.clear()
    return running


@pytest.fixture
def graph(sandbox: Sandbox) -> Iterator[Graph]:
    """The Graph API for a customer who has just written."""
    sandbox.write("Halo")
    found = Graph(sandbox)
    yield found
    found.client.close()


def number(number_id: str, webhook: str) -> dict[str, str]:
    return {
        "workspace": "toko-nusantara",
        "name": "Toko Nusantara CS",
        "display_phone_number": f"62{number_id[-10:]}",
        "phone_number_id": number_id,
        "waba_id": "990000000000001",
        "access_token": "EAAG-token",
        "app_secret": "test_app_secret",
        "webhook": webhook,
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        found: int = probe.getsockname()[1]
        return found


def wait_until_up(url: str) -> None:
    for _try in range(100):
        try:
            httpx.get(url + "/healthz", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The sandbox did not start")
