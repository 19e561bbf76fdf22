"""One HTTP client for all generators: every question and every answer goes into the book."""

from __future__ import annotations

import time
from typing import Any

import httpx

from tests.faults.book import Book


class Door:
    """Asks the product; an answer that never came has the status 0."""

    def __init__(self, web: str, book: Book, canary: str) -> None:
        self.book, self.canary = book, canary
        self.client = httpx.AsyncClient(base_url=web, timeout=10, trust_env=False)

    async def ask(self, who: str, method: str, path: str, **options: Any) -> tuple[int, Any]:
        """(status, JSON or None); noted before and after."""
        key = options.pop("key", "")
        self.book.note("asked", who=who, method=method, path=path, key=key)
        began = time.perf_counter()
        try:
            answer = await self.client.request(method, path, **options)
        except httpx.HTTPError as error:
            self._answered(who, method, path, key, 0, began, error=type(error).__name__)
            return 0, None
        body = answer.json() if "json" in answer.headers.get("Content-Type", "") else None
        more = {"retry_after": answer.headers.get("Retry-After")}
        if answer.status_code >= 500:
            more["body"] = answer.text[:300]
        if self.canary in answer.text:
            self.book.note("leak", who=who, path=path)
        self._answered(who, method, path, key, answer.status_code, began, **more)
        return answer.status_code, body

    def _answered(
        self, who: str, method: str, path: str, key: str, status: int, began: float, **more: Any
    ) -> None:
        ms = round((time.perf_counter() - began) * 1000, 1)
        facts = {"who": who, "method": method, "path": path, "key": key, "status": status}
        self.book.note("answered", **facts, ms=ms, **more)

    async def close(self) -> None:
        """Let the connections go."""
        await self.client.aclose()
