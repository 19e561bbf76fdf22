"""The two engines of one data folder, for the launcher and for the tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from helpdesk.launcher.places import Home, home_for
from helpdesk.launcher.postgres import Postgres
from helpdesk.launcher.processes import Guard, Program, Running, stop_all
from helpdesk.launcher.valkey import Valkey

LOG_LIMIT = 10_000_000


class Engines:
    """Private engines for what the caller was not given: {"DATABASE_URL", "REDIS_URL"}."""

    def __init__(
        self, home: Home, guard: Guard, *, wanted: set[str], throwaway: bool = False
    ) -> None:
        home.make()
        self.guard, self.folder = guard, home.path
        kinds: dict[str, type[Postgres | Valkey]] = {
            "DATABASE_URL": Postgres,
            "REDIS_URL": Valkey,
        }
        self.engines = {
            name: kind(home, throwaway=throwaway) for name, kind in kinds.items() if name in wanted
        }
        self.running: list[Running] = []

    @property
    def environment(self) -> dict[str, str]:
        """The addresses, known before anything runs."""
        return {name: engine.url for name, engine in self.engines.items()}

    def start(self) -> None:
        """Start all, then wait until all answer."""
        for engine in self.engines.values():
            shorten(engine.log)
            self.running.append(Running(engine.program(), self.guard))
        for engine, running in zip(self.engines.values(), self.running, strict=True):
            engine.wait(running)

    def makers(self) -> list[Callable[[], Program]]:
        """How to start each again, in the order of `running`."""
        return [engine.program for engine in self.engines.values()]

    def stop(self) -> None:
        stop_all(self.running)
        self.running.clear()


def throwaway_engines(wanted: set[str]) -> Engines:
    """Fast engines without memory in a temporary folder that the guardian removes (tests)."""
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    home, guard = home_for(folder), Guard()
    for path in {folder, home.path}:
        guard.remove_at_end(path)
    return Engines(home, guard, wanted=wanted, throwaway=True)


def shorten(log: Path) -> None:
    """A log that has grown large keeps its last part in a second file."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
