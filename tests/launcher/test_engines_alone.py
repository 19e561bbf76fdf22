"""`--only engines`: they start, keep their data, and never outlive who started them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from tests.launcher.launching import (
    ROOT,
    Launched,
    left_behind,
    process_of,
    surroundings,
    wait_for,
)

READY = "export WEB_PORT"


def owner_url(said: str) -> str:
    found = re.search(r"export DATABASE_URL=(\S+)", said)
    assert found
    return found[1]


def test_a_closed_terminal_stops_everything_in_order(folder: Path) -> None:
    launched = Launched(folder, "--only", "engines")
    launched.until(READY)
    private = ["secrets.env", "running.json", "engines/passwords.json", "engines/postgres.log"]
    modes = {name: (folder / "data" / name).stat().st_mode & 0o777 for name in private}
    assert modes == dict.fromkeys(private, 0o600)
    launched.tell(signal.SIGHUP)
    assert launched.process.wait(10) == 0
    assert left_behind(folder) == []
    assert "stopped in" in launched.said()


def test_after_a_kill_nothing_stays_and_the_data_does(folder: Path) -> None:
    first = Launched(folder, "--only", "engines")
    url = owner_url(first.until(READY))
    with psycopg.connect(url) as owner:
        owner.execute("create table kept as select 42 as answer")
    first.tell(signal.SIGKILL)
    first.process.wait()
    second = Launched(folder, "--only", "engines")
    assert owner_url(second.until(READY)) == url
    with psycopg.connect(url) as owner:
        assert owner.execute("select answer from kept").fetchone() == (42,)
    second.tell(signal.SIGKILL)
    second.process.wait()
    wait_for(lambda: not left_behind(folder))
    assert left_behind(folder) == []


def test_a_leftover_server_and_a_strangers_process_id_do_not_prevent_a_start(folder: Path) -> None:
    first = Launched(folder, "--only", "engines")
    url = owner_url(first.until(READY))
    guardian = process_of(folder, "guardian.py")
    os.kill(guardian, signal.SIGSTOP)
    first.tell(signal.SIGKILL)
    first.process.wait()
    os.kill(guardian, signal.SIGKILL)
    second = Launched(folder, "--only", "engines")
    assert owner_url(second.until(READY)).rpartition(":")[0] == url.rpartition(":")[0]
    second.end()
    pid_file = folder / "data/engines/postgres/postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n")
    third = Launched(folder, "--only", "engines")
    third.until(READY)
    assert third.end() == 0


def test_a_killed_engine_and_a_killed_guardian_are_replaced(folder: Path) -> None:
    launched = Launched(folder, "--only", "engines")
    url = owner_url(launched.until(READY))
    guardian = process_of(folder, "guardian.py")
    os.kill(guardian, signal.SIGKILL)
    os.kill(process_of(folder, "bin/postgres"), signal.SIGKILL)
    launched.until("postgres ended (signal 9)")
    wait_for(lambda: answers(url) and process_of(folder, "guardian.py") != guardian)
    assert answers(url)
    launched.tell(signal.SIGKILL)
    launched.process.wait()
    wait_for(lambda: not left_behind(folder))
    assert left_behind(folder) == []


def test_a_second_one_in_the_same_folder_says_where_the_first_is(folder: Path) -> None:
    launched = Launched(folder, "--only", "engines", WEB_PORT="18000")
    launched.until(READY)
    second = Launched(folder, "--only", "engines")
    assert second.process.wait(10) == 1
    assert "already running" in second.said()
    assert "127.0.0.1:18000" in second.said()
    command = [sys.executable, "-m", "helpdesk.launcher", "--env"]
    env = {**surroundings(), "DATA_DIR": str(folder / "data")}
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert "export WEB_PORT=18000" in told.stdout
    assert launched.end() == 0
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert "Nothing runs here" in told.stderr


def test_a_taken_port_is_told_with_the_way_out(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        launched = Launched(folder, WEB_PORT=str(port))
        assert launched.process.wait(10) == 1
        assert f"Port {port} is taken" in launched.said()
        assert f"WEB_PORT={port + 100} make run" in launched.said()


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=1).close()
    except psycopg.OperationalError:
        time.sleep(0.05)
        return False
    return True
