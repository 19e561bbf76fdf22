"""What this machine can do at most: PostgreSQL, Django and Valkey without our code."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from typing import Any

import psycopg
import redis

from bench.client import hammer, request
from bench.product import ROOT, Product, free_port

TABLES = """
CREATE TABLE bench_conversation (
    id bigserial PRIMARY KEY, preview text, at timestamptz, unread int DEFAULT 0);
CREATE TABLE bench_message (
    id bigserial PRIMARY KEY, conversation bigint REFERENCES bench_conversation, text text,
    at timestamptz DEFAULT now());
CREATE INDEX bench_by_time ON bench_conversation (at DESC, id DESC);
INSERT INTO bench_conversation (preview, at)
    SELECT 'Pesanan ' || n, now() - n * interval '1 minute' FROM generate_series(1, 5000) n;
"""

INSERT = "INSERT INTO bench_message (conversation, text) VALUES (%s, %s)"
UPDATE = "UPDATE bench_conversation SET preview = %s, at = now(), unread = unread + 1 WHERE id = %s"


def measure(product: Product, short: bool) -> dict[str, Any]:
    """All floors, one after the other."""
    seconds = 2.0 if short else 8.0
    with psycopg.connect(product.env["DATABASE_URL"], autocommit=True) as owner:
        owner.execute(TABLES)  # type: ignore[arg-type]
    try:
        return {
            "transactions_1": _transactions(product, 1, seconds),
            "transactions_8": _transactions(product, 8, seconds),
            "valkey": _valkey(product, seconds),
            **_pages(product, seconds),
        }
    finally:
        with psycopg.connect(product.env["DATABASE_URL"], autocommit=True) as owner:
            owner.execute("DROP TABLE bench_message, bench_conversation")


def _transactions(product: Product, connections: int, seconds: float) -> dict[str, Any]:
    """One transaction: insert a message, update its conversation; plain psycopg."""
    counts = [0] * connections
    until = time.perf_counter() + seconds

    def work(me: int) -> None:
        with psycopg.connect(product.env["DATABASE_URL"]) as db:
            for n in itertools.count(me * 613):
                if time.perf_counter() > until:
                    return
                target = n % 5000 + 1
                with db.transaction():
                    db.execute(INSERT, [target, "Halo"])
                    db.execute(UPDATE, ["Halo", target])
                counts[me] += 1

    threads = [threading.Thread(target=work, args=[me]) for me in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = sum(counts) / (time.perf_counter() - began)
    return {"connections": connections, "per_second": round(rate, 1)}


def _valkey(product: Product, seconds: float) -> dict[str, Any]:
    """Publish to subscriber and back, one at a time."""
    client = redis.Redis.from_url(product.env["REDIS_URL"])
    hearing = client.pubsub(ignore_subscribe_messages=True)
    hearing.subscribe("bench")
    hearing.get_message(timeout=1)
    took: list[float] = []
    until = time.perf_counter() + seconds / 2
    while (began := time.perf_counter()) < until:
        client.publish("bench", "x")
        while hearing.get_message(timeout=1) is None:
            pass
        took.append(time.perf_counter() - began)
    from bench.client import spread

    return {"per_second": round(len(took) / sum(took), 1), **spread(took)}


def _pages(product: Product, seconds: float) -> dict[str, Any]:
    """An empty view, and 25 indexed rows through the ORM and a template, on the same server."""
    port = free_port()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.floor_settings"}
    command = ["gunicorn", "helpdesk.wsgi:application", "--worker-class", "gthread"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "8"]
    command += ["--log-level", "warning", "--no-control-socket"]
    server = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=env)
    try:
        address = ("127.0.0.1", port)
        _wait_for(address)
        found = {}
        for name, path in (("empty_view", "/empty"), ("rows_25", "/rows")):
            for clients in (1, 8):
                requests = itertools.repeat(request(path))
                asyncio.run(hammer(address, requests, clients, 1))
                rate = asyncio.run(hammer(address, requests, clients, seconds / 2))
                found[f"{name}_{clients}"] = rate
        return found
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: tuple[str, int]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
