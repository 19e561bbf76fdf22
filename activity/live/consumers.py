"""The doors of the live process: a socket, and a long poll with the same frames."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from channels.exceptions import StopConsumer
from channels.generic.http import AsyncHttpConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error as DatabaseError

from activity.live import reading
from activity.live.hub import Listener, hub, in_thread
from activity.live.origins import header, origin_allowed, session_key
from activity.live.reading import Seat

POLL_SECONDS = 25
HELLO_SECONDS = 10
TRY_AGAIN = 1013


class LiveSocket(AsyncWebsocketConsumer):
    """Says hello with a cursor, is brought up to date, then hears what happens. It takes no
    commands: those are POSTs, with their own checks."""

    listener: Listener | None = None
    writer: asyncio.Task[None] | None = None
    patience: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Leave the feed however the socket ends: after a failure nobody calls `disconnect`."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()

    async def connect(self) -> None:
        """Refuse foreign pages; else accept, and wait for the hello, but not for ever."""
        if not origin_allowed(self.scope):
            await self.close(4403)
            return
        await self.accept()
        self.patience = asyncio.create_task(self._expect_hello())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """A hello or a ping; anything else ends the socket. While the database is away the
        page is asked to come again: its cursor brings what it missed."""
        try:
            await self._take(_read(text_data))
        except DatabaseError:
            await self.close(TRY_AGAIN)

    async def _take(self, message: dict[str, Any]) -> None:
        if message.get("type") == "hello" and self.listener is None:
            await self._hello(message)
        elif message.get("type") == "ping" and self.listener is not None:
            await self._pong(self.listener)
        else:
            await self.close(1003)

    async def disconnect(self, code: int) -> None:
        """It is over."""
        raise StopConsumer

    def _leave(self) -> None:
        if self.listener:
            hub.leave(self.listener)
        for task in (self.writer, self.patience):
            if task:
                task.cancel()

    async def _expect_hello(self) -> None:
        await asyncio.sleep(HELLO_SECONDS)
        if self.listener is None:
            await self.close(4408)

    async def _pong(self, listener: Listener) -> None:
        """Is he still signed in? Then say how far the feed has come, behind the frames that
        wait: a cursor must never run ahead of what was shown."""
        if await self._seat(listener.seat.language) is not None:
            seq = hub.seq_of(listener.seat.workspace_id)
            listener.tell(json.dumps({"type": "pong", "cursor": seq}))

    async def _seat(self, language: str) -> Seat | None:
        """Who listens, by the session; None after closing for whoever may not."""
        slug = self.scope["url_route"]["kwargs"]["slug"]
        try:
            return await in_thread(reading.seat_for)(session_key(self.scope), slug, language)
        except reading.NotSignedIn:
            await self.close(4401)
        except reading.NoWorkspace:
            await self.close(4404)
        return None

    async def _hello(self, message: dict[str, Any]) -> None:
        seat = await self._seat(str(message.get("language", "")))
        if seat is None or self.listener is not None:
            return
        self.listener = Listener(seat, session_key(self.scope))
        for frame in await hub.join(self.listener, _cursor(message.get("cursor"))):
            await self.send(frame)
        self.writer = asyncio.create_task(self._write(self.listener))

    async def _write(self, listener: Listener) -> None:
        while (frame := await listener.frames.get()) is not None:
            await self.send(frame)
        await self.close(listener.code)


class LivePoll(AsyncHttpConsumer):
    """For places where no socket gets through: the next frames, or none after 25 s."""

    async def handle(self, body: bytes) -> None:
        """Answer once."""
        if not origin_allowed(self.scope):
            await self._answer(403, {"code": "foreign_origin"})
            return
        query = _query(self.scope)
        slug = self.scope["url_route"]["kwargs"]["slug"]
        try:
            key, language = session_key(self.scope), query.get("language", "")
            seat = await in_thread(reading.seat_for)(key, slug, language)
        except reading.NotSignedIn:
            await self._answer(401, {"code": "unauthenticated"})
        except reading.NoWorkspace:
            await self._answer(404, {"code": "not_found"})
        except DatabaseError:
            await self._answer(503, {"code": "unavailable"})
        else:
            listener = Listener(seat, session_key(self.scope))
            await self._wait(listener, _cursor(query.get("cursor")))

    async def _wait(self, listener: Listener, cursor: int) -> None:
        try:
            frames = [json.loads(frame) for frame in await hub.join(listener, cursor)]
            if len(frames) == 1 and frames[0]["type"] == "ready":
                frames = await _first(listener) + frames
            newest = [frame.get("seq") or frame.get("cursor") or 0 for frame in frames]
            status = 200 if listener.code == 1000 else 403
            await self._answer(status, {"frames": frames, "cursor": max([cursor, *newest])})
        except DatabaseError:
            await self._answer(503, {"code": "unavailable"})
        finally:
            hub.leave(listener)

    async def _answer(self, status: int, body: dict[str, Any]) -> None:
        headers = [
            (b"Content-Type", b"application/json"),
            (b"Cache-Control", b"no-store"),
            (b"Vary", b"Origin"),
        ]
        if origin_allowed(self.scope):
            origin = header(self.scope, b"origin").encode()
            headers.append((b"Access-Control-Allow-Origin", origin))
            headers.append((b"Access-Control-Allow-Credentials", b"true"))
        await self.send_response(status, json.dumps(body).encode(), headers=headers)


async def _first(listener: Listener) -> list[dict[str, Any]]:
    """Wait for a frame, and take with it what came at the same moment."""
    try:
        frame = await asyncio.wait_for(listener.frames.get(), POLL_SECONDS)
    except TimeoutError:
        return []
    found = [frame]
    while not listener.frames.empty():
        found.append(listener.frames.get_nowait())
    return [json.loads(text) for text in found if text is not None]


def _read(text: str | None) -> dict[str, Any]:
    try:
        message = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def _cursor(value: Any) -> int:
    """A cursor from outside; nonsense is a cursor too old, and answered with a reset."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 18 else -(10**9)


def _query(scope: dict[str, Any]) -> dict[str, str]:
    from urllib.parse import parse_qsl

    return dict(parse_qsl(scope["query_string"].decode("latin-1")))
