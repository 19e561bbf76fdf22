"""One run of the product on one machine: start, watch, stop."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NoReturn

from helpdesk.launcher import programs
from helpdesk.launcher.console import say, say_block
from helpdesk.launcher.engines import Engines
from helpdesk.launcher.environment import check_ports, exports, filled, own_part, root
from helpdesk.launcher.folder import DataFolder
from helpdesk.launcher.places import Home, home_for
from helpdesk.launcher.ports import answers
from helpdesk.launcher.prepare import Stamps
from helpdesk.launcher.processes import Guard, Program, Running, kill_all
from helpdesk.launcher.supervisor import Supervisor

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_LIMIT = 60.0
GREETING = """
  The helpdesk is ready:  {address}

  Sign in as              sari@toko-nusantara.example (agent), supervisor@, admin@, owner@
                          owner@kopi-senja.example (another company)
  Password                nusantara-2026
{sandbox}
  Stop with Ctrl-C. Your data stays in {data}.
"""
SANDBOX = "  Write as a customer     http://127.0.0.1:{port}\n"


class Stop(BaseException):
    """Somebody asked us to end."""


class Session:
    """Owns everything that is started here; `run` returns when all of it has ended."""

    def __init__(self, folder: DataFolder, options: argparse.Namespace) -> None:
        self.folder, self.options = folder, options
        self.began = time.monotonic()
        self.parent = os.getppid()

    def run(self) -> int:
        lock = self.folder.take()
        self.env = filled(self.folder, os.environ, sandbox=self.options.sandbox)
        if not self.options.only:
            check_ports(self.env, sandbox=self.options.sandbox)
        for number in SIGNALS:
            signal.signal(number, interrupt)
        self.guard = Guard(held=[lock])
        self.supervisor = Supervisor(self.guard)
        try:
            self.start()
            self.watch()
        except Stop:
            say("stopping")
            return 0
        except (RuntimeError, subprocess.CalledProcessError) as failure:
            say(f"could not start: {failure}")
            return 1
        finally:
            self.stop()

    def start(self) -> None:
        home = home_for(self.folder.path)
        self.start_engines(home)
        self.folder.tell(env=own_part(self.env), address=self.address)
        if self.options.only:
            say_block(exports(own_part(self.env)))
            return
        self.prepare(home.path / "prepared.json")
        self.supervisor.start(programs.programs(self.env, sandbox=self.options.sandbox))
        self.greet(self.wait_until_ready())

    def start_engines(self, home: Home) -> None:
        wanted = {name for name in ("DATABASE_URL", "REDIS_URL") if not self.env.get(name)}
        if home.moved and wanted:
            say(
                f"PostgreSQL may not run as root, and its own user cannot reach {self.folder.path};"
            )
            say(f"so the databases live in {home.path}")
        engines = Engines(home, self.guard, wanted=wanted)
        self.env |= engines.environment
        engines.start()
        for running, make in zip(engines.running, engines.makers(), strict=True):
            self.supervisor.adopt(running, make)
        say(f"{' and '.join(one.program.name for one in engines.running) or 'given engines'} ready")

    def prepare(self, stamps_file: Path) -> None:
        """Run the steps whose sources changed, in one short-lived process; all of them for a
        database that is not ours, since we cannot know what was done to it."""
        stamps = Stamps(stamps_file, self.env)
        steps = ["database", "translations", "static", *["demo"] * self.options.demo]
        ours = "DATABASE_URL" not in os.environ
        if not (stale := stamps.stale(steps) if ours else steps):
            return
        say(f"bringing up to date: {', '.join(stale)}")
        command = [sys.executable, "-m", "helpdesk.launcher.prepare", *stale]
        program = Program("setup", command, self.env, cwd=root())
        running = Running(program, self.guard)
        code = running.process.wait()
        running.finish(time.monotonic())
        if code != 0:
            raise RuntimeError("the set-up above failed")
        stamps.remember(stale)

    def wait_until_ready(self) -> bool:
        """Until the doors answer; they may also heal later, so being late is only told."""
        doors = (self.address, f"http://127.0.0.1:{self.env['LIVE_PORT']}")
        waiting = {f"{door}/health/live" for door in doors}
        deadline = time.monotonic() + READY_LIMIT
        while time.monotonic() < deadline:
            waiting = {url for url in waiting if not is_healthy(url)}
            sandbox_ready = not self.options.sandbox or answers(int(self.env["SANDBOX_PORT"]))
            if not waiting and sandbox_ready:
                return True
            self.supervisor.watch()
            time.sleep(0.1)
        say(f"still no answer from {', '.join(sorted(waiting)) or 'the sandbox'}; see above")
        return False

    def greet(self, ready: bool) -> None:
        if not ready:
            return
        say(f"ready in {time.monotonic() - self.began:.1f} s")
        sandbox = SANDBOX.format(port=self.env["SANDBOX_PORT"]) if self.options.sandbox else ""
        say_block(GREETING.format(address=self.address, sandbox=sandbox, data=self.folder.path))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.env['WEB_PORT']}"

    def watch(self) -> NoReturn:
        """Until a signal comes, or `make`, which started us, is gone."""
        while True:
            self.supervisor.watch()
            if "MAKELEVEL" in os.environ and os.getppid() != self.parent:
                raise Stop
            time.sleep(0.2)

    def stop(self) -> None:
        """Apps first, so that they can finish what they are writing; then the engines."""
        for number in SIGNALS:
            signal.signal(number, lambda *_: kill_all(self.supervisor.of("app")))
        began = time.monotonic()
        self.supervisor.stop("app")
        self.supervisor.stop("engine")
        self.folder.leave()
        self.guard.dismiss()
        ignore_signals()
        say(f"stopped in {time.monotonic() - began:.1f} s")


def interrupt(number: int, frame: object) -> NoReturn:
    """Once: a second signal must not interrupt the stopping at its first step."""
    ignore_signals()
    raise Stop


def ignore_signals() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
