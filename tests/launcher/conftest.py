"""A folder for one launcher that root's PostgreSQL can reach."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.launcher.launching import left_behind


@pytest.fixture
def folder() -> Generator[Path, None, None]:
    """Not pytest's own temporary folder: that is closed to the user PostgreSQL runs as."""
    if not Path("/proc/self/environ").exists():
        pytest.skip("looks for processes in /proc")
    path = Path(tempfile.mkdtemp(prefix="launcher-"))
    if os.geteuid() == 0:
        path.chmod(0o711)
    yield path
    leftovers = left_behind(path)
    shutil.rmtree(path, ignore_errors=True)
    assert leftovers == []
