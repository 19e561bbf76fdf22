"""Decides where the engines keep their files, and as whom PostgreSQL runs."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Home:
    """A folder for the engines; `uid` is whom PostgreSQL becomes there (None: who we are)."""

    path: Path
    uid: int | None
    moved: bool = False

    def make(self) -> None:
        """Make the home; root's may be walked through, because its engines are another user."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o700 if self.uid is None else 0o711)

    def own(self, path: Path, mode: int = 0o700) -> Path:
        """Give a path to the engines' user alone."""
        path.chmod(mode)
        if self.uid is not None:
            os.chown(path, self.uid, pwd.getpwuid(self.uid).pw_gid)
        return path


def home_for(data: Path) -> Home:
    """The engines' home inside `data`, or outside if root's PostgreSQL could not reach it.

    PostgreSQL refuses to run as root, so it becomes an ordinary user, and that one must be
    able to walk to its files. We never loosen anybody's folders for it: a private place
    (such as root's home) stays private and the engines live in /var/lib instead.
    """
    data = data.resolve()
    if os.geteuid() != 0:
        return Home(data / "engines", None)
    uid = pwd.getpwnam(UNPRIVILEGED).pw_uid
    if open_to_others(data):
        return Home(data / "engines", uid)
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:10]
    return Home(Path(f"/var/lib/helpdesk-{mark}"), uid, moved=True)


def open_to_others(path: Path) -> bool:
    """Can a stranger walk through every folder down to `path` (as far as it exists)?"""
    return all(
        folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents) if folder.exists()
    )


def reachable(package: Path, home: Home) -> Path:
    """A wheel's package, copied beside the data if the engines' user cannot reach it.

    The libraries that the wheel has put next to the package (auditwheel's `<package>.libs`)
    are found by a relative path, so they are copied next to the copy.
    """
    if home.uid is None or open_to_others(package):
        return package
    copies = home.path / "programs"
    place = copies / f"{package.name}-{package.stat().st_mtime_ns}"
    if not place.exists():
        for old in copies.glob(f"{package.name}-*"):
            shutil.rmtree(old)
        partial = copies / f"{package.name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        for part in package.parent.glob(f"{package.name}*"):
            if part == package or part.suffix == ".libs":
                shutil.copytree(part, partial / part.name, symlinks=True)
        partial.rename(place)
    return place / package.name
