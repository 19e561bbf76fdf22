"""The step "messages": every text of the screen stands in the catalogues and is translated."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.browsers import apt_install

ROOT = Path(__file__).resolve().parents[1]
DOMAINS = ("django", "djangojs")
IGNORED = ("data", "tests", "bench", ".venv")
MAKE = ["manage.py", "makemessages", "--locale", "id", "--no-wrap", "--no-location"]


def step(env: Mapping[str, str]) -> bool:
    """True if nothing is missing; with WRITE_MESSAGES the catalogues are brought up to date."""
    if env.get("WRITE_MESSAGES"):
        return has_gettext() and collect(env)
    problems = untranslated()
    if has_gettext():
        problems += uncollected(env)
    elif os.environ.get("CI"):
        problems.append("GNU gettext is missing, so new texts cannot be found")
    else:
        print("messages | without GNU gettext, only what is in the catalogues was looked at")
    for problem in problems:
        print(f"messages | {problem}")
    return not problems


def catalogues() -> list[Path]:
    return sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))


def untranslated() -> list[str]:
    """Entries that are empty or only guessed."""
    found = [] if catalogues() else ["there are no catalogues in locale/"]
    for po in catalogues():
        for message in read(po.read_bytes()):
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and (message.fuzzy or not all(texts)):
                fault = "fuzzy" if message.fuzzy else "untranslated"
                found.append(f"{po.relative_to(ROOT)}: {fault}: {message.id!r}")
    return found


def uncollected(env: Mapping[str, str]) -> list[str]:
    """Texts of the source that `make messages` would add or take away."""
    before = {po: po.read_bytes() for po in catalogues()}
    try:
        if not collect(env):
            return ["makemessages failed"]
        after = {po: po.read_bytes() for po in catalogues()}
    finally:
        for po in catalogues():
            if po in before:
                po.write_bytes(before[po])
            else:
                po.unlink()
    changed = []
    for po in sorted(before.keys() | after.keys()):
        old, new = ids(before.get(po, b"")), ids(after.get(po, b""))
        changed += [f"{po.relative_to(ROOT)}: not collected: {text!r}" for text in new - old]
        changed += [f"{po.relative_to(ROOT)}: no longer used: {text!r}" for text in old - new]
    return changed


def collect(env: Mapping[str, str]) -> bool:
    """Run makemessages for templates and Python, then for the scripts of the browser."""
    ignore = [part for folder in IGNORED for part in ("--ignore", f"{folder}/*")]
    return all(
        subprocess.run(
            [sys.executable, *MAKE, "--domain", domain, *ignore], cwd=ROOT, env=dict(env)
        ).returncode
        == 0
        for domain in DOMAINS
    )


def ids(content: bytes) -> set[str]:
    return {str(message.id) for message in read(content) if message.id}


def read(content: bytes) -> Catalog:
    return read_po(content.decode().splitlines())


def has_gettext() -> bool:
    """As root on Debian it is installed when it is missing."""
    if shutil.which("xgettext"):
        return True
    may_install = os.geteuid() == 0 and shutil.which("apt-get") is not None
    return may_install and apt_install("gettext") and shutil.which("xgettext") is not None
