"""One feed per live process and workspace: read once, hand to every local listener."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Any

import redis.asyncio
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import Error as DatabaseError
from redis.exceptions import RedisError

from activity.live import reading
from activity.live.reading import Batch, Seat
from helpdesk import hints

log = logging.getLogger("helpdesk.live")
TIMER_SECONDS = 15
REPLAY_MOST = 200
BACKLOG = 1000

in_thread: Callable[..., Any] = lambda call: database_sync_to_async(call, thread_sensitive=False)  # noqa: E731


class Listener:
    """One socket or poll: what it may see, and a bounded backlog of frames.

    `frames` yields JSON text, or None when the listener must go (`code` says why).
    """

    def __init__(self, seat: Seat, session_key: str = "") -> None:
        self.seat = seat
        self.session = hints.digest(session_key)
        self.frames: asyncio.Queue[str | None] = asyncio.Queue(BACKLOG)
        self.code = 1000

    def tell(self, frame: str) -> None:
        """Add a frame; who cannot keep up is closed, and catches up by its cursor."""
        try:
            self.frames.put_nowait(frame)
        except asyncio.QueueFull:
            self.close(1013)

    def whisper(self, frame: str) -> None:
        """Add a frame that nobody will bring again; who is behind does without it."""
        if self.code == 1000 and self.frames.qsize() < BACKLOG // 2:
            self.tell(frame)

    def close(self, code: int) -> None:
        """End it: what waits is dropped, since the cursor brings it again."""
        self.code = code
        while not self.frames.empty():
            self.frames.get_nowait()
        self.frames.put_nowait(None)


class Feed:
    """The feed of one workspace in this process."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self.listeners: set[Listener] = set()
        self.more = asyncio.Event()

    async def run(self) -> None:
        """Read whenever woken, until cancelled; a database that is away is asked again."""
        while True:
            await self.more.wait()
            self.more.clear()
            try:
                await self._catch_up()
            except DatabaseError:
                log.warning("feed waits for the database")
                await self._again_soon()
            except Exception:  # a feed that ended would leave its sockets open and deaf
                log.exception("feed")
                await self._again_soon()

    async def _again_soon(self) -> None:
        await asyncio.sleep(1)
        self.more.set()

    async def _catch_up(self) -> None:
        full = True
        while full and self.listeners:
            seat = next(iter(self.listeners)).seat
            languages = frozenset(listener.seat.language for listener in self.listeners)
            batch: Batch = await in_thread(reading.read)(seat, self.seq, languages)
            self._hand_out(batch)
            self.seq, full = batch.seq, batch.full

    def _hand_out(self, batch: Batch) -> None:
        for prepared in batch.prepared:
            for listener in self.listeners:
                seat = listener.seat
                if prepared.closes == seat.member_id:
                    listener.close(4403)
                    continue
                frame = prepared.frame_for(seat.tags, seat.language)
                if frame is not None and listener.code == 1000:
                    listener.tell(frame)


class Hub:
    """All feeds of this process, the subscription to hints, and the timer behind it."""

    def __init__(self) -> None:
        self.feeds: dict[int, Feed] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.runners: dict[int, asyncio.Task[None]] = {}

    async def join(self, listener: Listener, cursor: int) -> list[str]:
        """Let a listener in; the frames that bring it from its cursor to now.

        It is registered first, so that nothing falls between replay and feed: what comes
        meanwhile waits in its backlog. A cursor too far back gets one ``reset`` frame. Whose
        reach changed before he was registered is closed, as if he had been.
        """
        self._start()
        workspace_id = listener.seat.workspace_id
        feed = self.feeds.get(workspace_id)
        if feed is None:
            seq = await in_thread(reading.latest)(workspace_id)
            feed = self.feeds.setdefault(workspace_id, Feed(seq))
        feed.listeners.add(listener)
        if workspace_id not in self.runners:
            self.runners[workspace_id] = self._task(feed.run())
        feed.more.set()
        if await in_thread(reading.is_outdated)(listener.seat):
            listener.close(4403)
            return []
        return await self._replay(listener, cursor)

    def leave(self, listener: Listener) -> None:
        """Let it go; the last one ends the feed."""
        workspace_id = listener.seat.workspace_id
        feed = self.feeds.get(workspace_id)
        if feed is None:
            return
        feed.listeners.discard(listener)
        if not feed.listeners:
            del self.feeds[workspace_id]
            runner = self.runners.pop(workspace_id, None)
            if runner:
                runner.cancel()

    async def _replay(self, listener: Listener, cursor: int) -> list[str]:
        seat = listener.seat
        newest = await in_thread(reading.latest)(seat.workspace_id)
        if cursor > newest or newest - cursor > REPLAY_MOST:
            return [f'{{"type": "reset", "cursor": {newest}}}']
        batch = await in_thread(reading.read)(seat, cursor, frozenset({seat.language}))
        found = [p.frame_for(seat.tags, seat.language) for p in batch.prepared]
        ready = f'{{"type": "ready", "cursor": {max(newest, batch.seq)}}}'
        return [*(frame for frame in found if frame), ready]

    def seq_of(self, workspace_id: int) -> int:
        """How far the local feed has read."""
        feed = self.feeds.get(workspace_id)
        return feed.seq if feed else 0

    def _start(self) -> None:
        if not self.tasks:
            self._task(self._listen())
            self._task(self._tick())

    def _task(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    def _wake(self, workspace_id: int) -> None:
        feed = self.feeds.get(workspace_id)
        if feed:
            feed.more.set()

    async def _tick(self) -> None:
        """Hints may be lost: look anyway, now and then."""
        while True:
            await asyncio.sleep(TIMER_SECONDS * random.uniform(0.6, 1.0))  # noqa: S311
            for workspace_id in list(self.feeds):
                self._wake(workspace_id)

    async def _listen(self) -> None:
        """Subscribe to hints, and again whenever Valkey comes back."""
        while True:
            try:
                client = redis.asyncio.Redis.from_url(
                    settings.REDIS_URL, socket_connect_timeout=1, health_check_interval=5
                )
                async with client, client.pubsub() as subscription:
                    await subscription.subscribe(hints.TOPIC)
                    for workspace_id in list(self.feeds):
                        self._wake(workspace_id)
                    await self._hear(subscription)
            except (RedisError, OSError):
                await asyncio.sleep(random.uniform(0.3, 1.0))  # noqa: S311

    async def _hear(self, subscription: Any) -> None:
        while True:
            message = await subscription.get_message(ignore_subscribe_messages=True, timeout=5)
            if message is None:
                continue
            if hint := hints.read(message["data"]):
                self._wake(hint[0])
            elif session := hints.read_sign_out(message["data"]):
                self._sign_out(session)
            elif whispers := hints.read_whispers(message["data"]):
                self._whisper(*whispers)

    def _whisper(self, workspace_id: int, whispers: list[tuple[frozenset[str], str]]) -> None:
        """Hand what is true for a moment to those who may know it."""
        feed = self.feeds.get(workspace_id)
        for listener in feed.listeners if feed else ():
            for tags, frame in whispers:
                if tags & listener.seat.tags:
                    listener.whisper(frame)

    def _sign_out(self, session: str) -> None:
        """Close every listener of a session that has ended."""
        for feed in self.feeds.values():
            for listener in feed.listeners:
                if listener.session == session:
                    listener.close(4401)


hub = Hub()
