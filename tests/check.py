"""`python -m tests.check [step...]`: what must hold before a commit, by named steps.

Without names all steps run in order and the first failure ends the run; `--write messages`
collects new texts into the catalogues instead of only comparing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests import engines, messages

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "PUBLIC_ORIGINS": "https://helpdesk.example",
    "LIVE_ORIGIN": "wss://helpdesk.example",
    "BEHIND_PROXY": "1",
    "SSL_REDIRECT": "1",
    "DEBUG": "0",
}
Step = Callable[[Mapping[str, str]], bool]


def main(arguments: list[str]) -> int:
    """Run the named steps (or all); 0 if all hold."""
    write = "--write" in arguments
    names = [argument for argument in arguments if not argument.startswith("--")] or list(STEPS)
    if unknown := set(names) - set(STEPS):
        sys.exit(f"No such step: {', '.join(sorted(unknown))}. Steps: {', '.join(STEPS)}")
    env = {**os.environ, **addresses(), "WRITE_MESSAGES": "1" if write else ""}
    for name in names:
        began = time.monotonic()
        print(f"check    | {name}", flush=True)
        held = STEPS[name](env)
        verdict = "holds" if held else "FAILED"
        print(f"check    | {name} {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
        if not held:
            return 1
    return 0


def addresses() -> dict[str, str]:
    """Settings for steps that load Django but need no engine."""
    nobody = "postgresql://owner:unused@127.0.0.1:1/none"
    return {
        **engines.settings(ROOT / "data"),
        "DATABASE_URL": nobody,
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }


def commands(*lists: list[str], also: Mapping[str, str] | None = None) -> Step:
    """A step that runs Python modules or scripts one after the other."""

    def step(env: Mapping[str, str]) -> bool:
        return all(
            subprocess.run([sys.executable, *one], cwd=ROOT, env={**env, **(also or {})}).returncode
            == 0
            for one in lists
        )

    return step


def tests(env: Mapping[str, str]) -> bool:
    """The tests bring their own engines and settings."""
    return subprocess.run([sys.executable, "-m", "pytest"], cwd=ROOT).returncode == 0


STEPS: dict[str, Step] = {
    "style": commands(
        ["-m", "ruff", "check", "--quiet", "."], ["-m", "ruff", "format", "--check", "--quiet", "."]
    ),
    "types": commands(["-m", "mypy"]),
    "contracts": commands(["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    "migrations": commands(
        ["-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"]
    ),
    "deploy": commands(
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], also=PRODUCTION
    ),
    "messages": messages.step,
    "test": tests,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
