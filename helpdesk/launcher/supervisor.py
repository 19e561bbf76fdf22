"""Keeps programs running: what dies is started again, first at once, then more slowly."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from helpdesk.launcher.console import say
from helpdesk.launcher.processes import Guard, Program, Running, stop_all

FIRST_DELAY, LONGEST_DELAY = 0.3, 10.0
HEALTHY_AFTER = 20.0


@dataclass
class Post:
    """A place that must be filled: `make` says what to start each time."""

    make: Callable[[], Program]
    running: Running | None
    failures: int = 0
    due: float = 0.0


class Supervisor:
    """Watches from one thread; `watch` is called a few times a second."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.posts: list[Post] = []

    def start(self, programs: Iterable[Program]) -> None:
        for program in programs:
            self.posts.append(Post(lambda p=program: p, Running(program, self.guard)))  # type: ignore[misc]

    def adopt(self, running: Running, make: Callable[[], Program]) -> None:
        """Watch what somebody else has started."""
        self.posts.append(Post(make, running))

    def watch(self) -> None:
        self.guard.ensure_alive()
        now = time.monotonic()
        for post in self.posts:
            if post.running is not None and post.running.ended:
                self.note_end(post, now)
            if post.running is None and now >= post.due:
                post.running = Running(post.make(), self.guard)

    def note_end(self, post: Post, now: float) -> None:
        """Clear away the rest of its group, then decide when to start again."""
        assert post.running is not None
        ended, post.running = post.running, None
        ended.finish(now)
        if now - ended.started > HEALTHY_AFTER:
            post.failures = 0
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2**post.failures)
        post.failures += 1
        post.due = now + delay
        reason = describe(ended.process.returncode)
        say(f"{ended.program.name} ended ({reason}); starting it again in {delay:.1f} s")

    def stop(self, kind: str) -> None:
        stopping = self.of(kind)
        stop_all(stopping)
        self.posts = [post for post in self.posts if post.running not in stopping]

    def of(self, kind: str) -> list[Running]:
        running = [post.running for post in self.posts if post.running is not None]
        return [one for one in running if one.program.kind == kind]


def describe(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
