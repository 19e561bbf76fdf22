"""The processes of the product and how each is started."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from helpdesk.launcher.environment import root
from helpdesk.launcher.processes import Program

# As root, Celery warns at every start; it reads JSON only, so nothing can make it run code.
QUIET = ["-W", "ignore:You're running the worker"]


def programs(env: Mapping[str, str], *, sandbox: bool) -> list[Program]:
    """In the order of starting."""
    commands = {
        "web": web(env),
        "live": live(env),
        "worker": worker(env),
        "sender": sender(env),
        "beat": beat(env),
    }
    if sandbox:
        commands["sandbox"] = ["sandbox"]
    return [
        Program(name, [sys.executable, *QUIET, "-m", *command], env, cwd=root())
        for name, command in commands.items()
    ]


def web(env: Mapping[str, str]) -> list[str]:
    """Pages and API; its control socket would lie outside our folder, so there is none."""
    workers = env.get("WEB_WORKERS", "2")
    return [
        *["gunicorn", "helpdesk.wsgi:application", "--worker-class", "gthread"],
        *["--bind", f"{env['BIND']}:{env['WEB_PORT']}", "--workers", workers, "--threads", "8"],
        *[
            "--graceful-timeout",
            "4",
            "--keep-alive",
            "75",
            "--log-level",
            "warning",
            "--no-control-socket",
        ],
    ]


def live(env: Mapping[str, str]) -> list[str]:
    return [
        *["uvicorn", "helpdesk.asgi:application", "--host", env["BIND"]],
        *["--port", env["LIVE_PORT"], "--no-access-log", "--log-level", "warning"],
        *["--timeout-graceful-shutdown", "3", "--ws-per-message-deflate", "false"],
    ]


def worker(env: Mapping[str, str]) -> list[str]:
    concurrency = env.get("WORKER_PROCESSES", str(min(4, max(2, os.cpu_count() or 2))))
    return [
        *["celery", "-A", "helpdesk", "--quiet", "worker", "--concurrency", concurrency],
        *["--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
    ]


def sender(env: Mapping[str, str]) -> list[str]:
    """The worker for what waits for others: threads, since they mostly wait."""
    threads = env.get("SENDER_THREADS", "16")
    return [
        *["celery", "-A", "helpdesk", "--quiet", "worker", "--queues", "outside"],
        *["--pool", "threads", "--concurrency", threads, "--hostname", "sender@%h"],
        *["--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
    ]


def beat(env: Mapping[str, str]) -> list[str]:
    schedule = Path(env["DATA_DIR"]) / "beat-schedule"
    return [
        *["celery", "-A", "helpdesk", "--quiet", "beat", "--schedule", str(schedule)],
        *["--pidfile", "", "--loglevel", "WARNING"],
    ]
