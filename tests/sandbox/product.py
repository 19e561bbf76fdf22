"""Stands where the product stands: takes the webhooks of the sandbox and writes them down."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Product:
    """`answers` are the statuses to give, one for each request; then 200."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.signatures: list[str] = []
        self.answers: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/hooks/whatsapp/token"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def values(self, kind: str) -> list[dict[str, Any]]:
        """Every message or status that came, in order."""
        changes = [json.loads(body)["entry"][0]["changes"][0] for body in list(self.bodies)]
        return [item for change in changes for item in change["value"].get(kind, [])]

    def wait_for(self, reached: Callable[[], bool], seconds: float = 8) -> None:
        ends_at = time.monotonic() + seconds
        while not reached():
            assert time.monotonic() < ends_at, "It did not come"
            time.sleep(0.02)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        product = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                product.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                product.signatures.append(self.headers["X-Hub-Signature-256"])
                self.send_response(product.answers.pop(0) if product.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler
