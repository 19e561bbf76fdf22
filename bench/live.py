"""Live: from the webhook's POST to the frame in the agents' browsers.

200 agents hold sockets, 30 messages a second arrive for a minute, spread over customers; each
message's text carries a serial number, which every agent's frame shows again. Generator,
agents and product share the machine's cores.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from bench.client import answer, message, spread
from bench.product import Product

AGENTS, RATE = 200, 30
SERIAL = re.compile(rb"bench-(\d+)-")


def measure(product: Product, short: bool) -> dict[str, Any]:
    """Latency over all (message, agent) pairs."""
    agents, seconds = (20, 5) if short else (AGENTS, 60)
    sessions, cursor = _agents(agents)
    return asyncio.run(_run(product, sessions, cursor, seconds))


def _agents(count: int) -> tuple[list[str], int]:
    """Members of the main department with a session each; the feed's cursor."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db import transaction

    from accounts.models import Department, DepartmentMember, Member, User
    from accounts.queries import workspace_id_by_slug
    from activity.queries import cursor
    from helpdesk.tenancy import acting_in

    store = import_module(settings.SESSION_ENGINE).SessionStore
    run, keys = uuid.uuid4().hex[:6], []
    with transaction.atomic(), acting_in(workspace_id_by_slug("toko-nusantara") or 0):
        department = Department.objects.get(is_main=True)
        for n in range(count):
            user = User.objects.create(email=f"bench-{run}-{n}@example.org", name=f"Bench {n}")
            member = Member.objects.create(user=user, name=user.name, role="agent")
            DepartmentMember.objects.create(department=department, member=member)
            session = store()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            keys.append(session.session_key)
        return keys, cursor()


async def _run(product: Product, sessions: list[str], cursor: int, seconds: int) -> dict[str, Any]:
    sent: dict[int, float] = {}
    took: list[float] = []
    sockets = [await _socket(product, key, cursor) for key in sessions]
    listening = [asyncio.create_task(_listen(socket, sent, took)) for socket in sockets]
    await post(product, seconds, sent)
    expected = len(sent) * len(sockets)
    until = time.perf_counter() + 20
    while len(took) < expected and time.perf_counter() < until:
        await asyncio.sleep(0.1)
    for task in listening:
        task.cancel()
    await asyncio.gather(*(socket.close() for socket in sockets), return_exceptions=True)
    return {
        "agents": len(sockets),
        "messages": len(sent),
        "frames": len(took),
        "missing": expected - len(took),
        **spread(took),
    }


async def _socket(product: Product, session: str, cursor: int) -> ClientConnection:
    socket = await connect(
        f"{product.env['LIVE_ORIGIN']}/w/toko-nusantara/live/",
        origin=product.env["PUBLIC_ORIGINS"].split(",")[0],  # type: ignore[arg-type]
        additional_headers={"Cookie": f"session={session}"},
        compression=None,
        max_queue=None,
    )
    await socket.send(json.dumps({"type": "hello", "cursor": cursor, "language": "id"}))
    await socket.recv()
    return socket


async def _listen(socket: ClientConnection, sent: dict[int, float], took: list[float]) -> None:
    """Count each message once per agent: the first frame that shows its serial."""
    seen: set[int] = set()
    while True:
        frame = await socket.recv(decode=False)
        now = time.perf_counter()
        if b'"message.received"' not in frame[:120]:
            continue
        for found in SERIAL.findall(frame):
            serial = int(found)
            if serial not in seen:
                seen.add(serial)
                took.append(now - sent[serial])


async def post(product: Product, seconds: int, sent: dict[int, float], rate: int = RATE) -> None:
    """An open loop: message n leaves at n / `rate`, whether or not earlier ones are answered;
    `sent` gets the moment of each."""
    run, number = uuid.uuid4().hex[:8], product.number
    began = time.perf_counter()
    posts: set[asyncio.Task[None]] = set()
    for n in range(rate * seconds):
        await asyncio.sleep(max(0.0, began + n / rate - time.perf_counter()))
        data = message(number, 10_000 + n % 400, f"{run}.{n}", f"bench-{n}- {run}")
        task = asyncio.create_task(_one(product, data, n, sent))
        posts.add(task)
        task.add_done_callback(posts.discard)
    await asyncio.gather(*posts)


async def _one(product: Product, data: bytes, n: int, sent: dict[int, float]) -> None:
    sent[n] = time.perf_counter()
    reader, writer = await asyncio.open_connection(*product.web)
    writer.write(data)
    await answer(reader)
    writer.close()
