"""A folder for one launcher that root's PostgreSQL can reach."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.launcher.launching import STARTED, left_behind, wait_for


@pytest.fixture
def folder() -> Generator[Path, None, None]:
    """Not pytest's own temporary folder: that is closed to the user PostgreSQL runs as.

    Whatever a test leaves running is killed here, so that a failure does not spread.
    """
    if not Path("/proc/self/environ").exists():
        pytest.skip("looks for processes in /proc")
    path = Path(tempfile.mkdtemp(prefix="launcher-"))
    if os.geteuid() == 0:
        path.chmod(0o711)
    yield path
    while STARTED:
        last = STARTED.pop().process
        last.kill()
        last.wait()
    wait_for(lambda: not left_behind(path))
    leftovers = left_behind(path)
    shutil.rmtree(path, ignore_errors=True)
    assert leftovers == []
