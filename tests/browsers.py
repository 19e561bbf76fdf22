"""Finds the Chrome or Chromium of this machine for the browser tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "no Chrome or Chromium on this machine; install one or set CHROME_PATH"


def find() -> str | None:
    """CHROME_PATH, then the usual names and places; as root on Debian, one is installed."""
    return given() or on_path() or (installed_now() and on_path()) or None


def given() -> str | None:
    path = os.environ.get("CHROME_PATH")
    return path if path and Path(path).exists() else None


def on_path() -> str | None:
    known = [shutil.which(name) for name in NAMES]
    known += [place for place in PLACES if Path(place).exists()]
    return next((path for path in known if path), None)


def installed_now() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    return apt_install("chromium")


def apt_install(package: str) -> bool:
    """Install a Debian package quietly; false if that does not work here."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, **quiet)  # type: ignore[call-overload]
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    return bool(subprocess.run(command, env=env, **quiet).returncode == 0)  # type: ignore[call-overload]
