"""Brings database, translations, static files and demo up to date; skips what has not changed.

As a program (`python -m helpdesk.launcher.prepare database demo`) it is the one Django process
that runs the named steps; the launcher itself never loads Django.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from helpdesk.launcher.environment import root

STEPS: dict[str, list[tuple[str, ...]]] = {
    "database": [
        ("provision",),
        ("migrate", "--database", "owner", "--verbosity", "0"),
        ("provision",),
    ],
    "translations": [("compile_translations",)],
    # htmx's extensions name modules that the wheel does not carry; no page of ours loads them.
    "static": [
        ("collectstatic", "--no-input", "--clear", "--verbosity=0", "--ignore=django_htmx/ext/*")
    ],
    "demo": [("seed_demo",)],
}
SOURCES = {
    "database": ["*/migrations/*.py", "helpdesk/management/commands/provision.py"],
    "translations": ["locale/**/*.po"],
    "static": ["static/**/*", "requirements/run.txt", "helpdesk/icons.py", "helpdesk/settings.py"],
    "demo": ["*/management/commands/seed*.py", "*/seed*.py", "*/demo*.py", "*/demo/*"],
}
DEPENDS = {
    "database": ("SECRET_KEY",),
    "demo": ("WEB_PORT", "SANDBOX_PORT"),
}
RESULTS = {"static": "static", "demo": "sandbox.json"}


class Stamps:
    """What was done for which sources, kept beside the database that it was done to."""

    def __init__(self, file: Path, env: Mapping[str, str]) -> None:
        self.file, self.env = file, env
        self.done: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}

    def stale(self, steps: list[str]) -> list[str]:
        return [step for step in steps if self.is_stale(step)]

    def is_stale(self, step: str) -> bool:
        if step == "translations" and any(map(lacks_mo, root().glob("locale/**/*.po"))):
            return True
        if step in RESULTS and not (Path(self.env["DATA_DIR"]) / RESULTS[step]).exists():
            return True
        return self.done.get(step) != self.digest(step)

    def remember(self, steps: list[str]) -> None:
        self.done |= {step: self.digest(step) for step in steps}
        self.file.write_text(json.dumps(self.done))

    def digest(self, step: str) -> str:
        """Contents of the sources, and the settings that the result depends on."""
        told = {name: self.env.get(name, "") for name in DEPENDS.get(step, ())}
        found = hashlib.sha256(json.dumps(told).encode())
        if step == "demo":
            found.update(self.digest("database").encode())
        for pattern in SOURCES[step]:
            for file in sorted(root().glob(pattern)):
                if file.is_file() and ".venv" not in file.parts:
                    found.update(str(file.relative_to(root())).encode() + file.read_bytes())
        return found.hexdigest()


def lacks_mo(po: Path) -> bool:
    return not po.with_suffix(".mo").exists()


def main(steps: list[str]) -> None:
    """Run the commands of the steps in one process."""
    import django
    from django.core.management import call_command

    django.setup()
    for step in steps:
        for command in STEPS[step]:
            started = time.monotonic()
            call_command(*command)
            print(f"{' '.join(command[:1])} done in {time.monotonic() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
