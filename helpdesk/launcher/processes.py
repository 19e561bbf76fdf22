"""Starts programs in process groups of their own, under the eyes of the guardian."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from helpdesk.launcher.console import relay

GUARDIAN = Path(__file__).with_name("guardian.py")


class Guard:
    """The launcher's end of the guardian: it learns of every child before the child runs.

    `held` are descriptors that the guardian keeps open until it has finished (the lock of
    the data folder), so that a new launcher waits for the end of the clean-up.
    """

    def __init__(self, held: Sequence[int] = ()) -> None:
        self.held = list(held)
        self.known: dict[int, str] = {}
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(GUARDIAN)],
            stdin=subprocess.PIPE,
            start_new_session=True,
            pass_fds=self.held,
            cwd="/",
        )
        assert self.process.stdin is not None
        self.pipe = self.process.stdin.fileno()
        for line in self.known.values():
            self.tell(line)

    def tell(self, line: str) -> None:
        with suppress(BrokenPipeError):
            os.write(self.pipe, line.encode())

    def ensure_alive(self) -> None:
        """Start another guardian if somebody killed this one."""
        if self.process.poll() is not None:
            self.start()

    def forget(self, pid: int) -> None:
        self.known.pop(pid, None)
        self.tell(f"forget {pid}\n")

    def remove_at_end(self, folder: Path) -> None:
        """Have a folder (without blanks in its name) removed when all is over."""
        self.tell(f"throwaway {folder}\n")

    def dismiss(self) -> None:
        """Let it stop what was not forgotten (normally nothing) and end."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(20)


@dataclass
class Program:
    """What to run: `kind` is app or engine; `user` is the uid to become (only as root)."""

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str]
    kind: str = "app"
    stop_signal: int = signal.SIGTERM
    patience: float = 6.0
    user: int | None = None
    cwd: Path | None = None
    log: Path | None = None


@dataclass
class Running:
    """A started program; its process id is also the id of its process group."""

    program: Program
    guard: Guard
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = field(init=False)

    def __post_init__(self) -> None:
        program, pipe = self.program, self.guard.pipe
        who = identity(program.user)
        suffix = f"{int(program.stop_signal)} {program.kind}\n"

        def register() -> None:
            os.write(pipe, f"add {os.getpid()} {suffix}".encode())

        self.started = time.monotonic()
        with output_of(program) as output:
            self.process = subprocess.Popen(
                [str(part) for part in program.command],
                env=dict(program.env),
                cwd=program.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=register,
                user=who.user,
                group=who.group,
                extra_groups=who.extra_groups,
            )
        self.guard.known[self.process.pid] = f"add {self.process.pid} {suffix}"
        if self.process.stdout is not None:
            relay(self.process.stdout, program.name)

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def ask_to_stop(self) -> None:
        self.tell(self.program.stop_signal)

    def finish(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic), then kill whatever is left of the group."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self.tell(signal.SIGKILL)
        self.process.wait()
        self.guard.forget(self.process.pid)

    def tell(self, number: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


def output_of(program: Program) -> IO[bytes] | _Pipe:
    if program.log is None:
        return _Pipe()
    program.log.touch(mode=0o600)
    return program.log.open("ab")


class _Pipe:
    """Stands for subprocess.PIPE where a log file would be opened and closed."""

    def __enter__(self) -> int:
        return subprocess.PIPE

    def __exit__(self, *failure: object) -> None:
        return None


class Identity(NamedTuple):
    """Whom a child becomes; all None: whom we are."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


def identity(uid: int | None) -> Identity:
    return Identity(uid, pwd.getpwuid(uid).pw_gid, []) if uid is not None else NOBODY_ELSE


NOBODY_ELSE = Identity(None, None, None)


def stop_all(running: Sequence[Running]) -> None:
    """Ask all at once, wait for each as long as its program deserves."""
    asked = time.monotonic()
    for one in running:
        one.ask_to_stop()
    for one in running:
        one.finish(asked + one.program.patience)


def kill_all(running: Sequence[Running]) -> None:
    """For who has no patience left."""
    for one in running:
        one.tell(signal.SIGKILL)
