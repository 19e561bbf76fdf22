"""The environment that the launcher fills for every process; what the caller set stays."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from helpdesk.launcher.folder import DataFolder
from helpdesk.launcher.ports import answers, is_free

PORTS = {"WEB_PORT": 8000, "LIVE_PORT": 8001, "SANDBOX_PORT": 8002, "SMTP_PORT": 2525}
SANDBOX_PORTS = {"SANDBOX_PORT", "SMTP_PORT"}


class PortTaken(Exception):
    """A door of ours is used by somebody else."""


def filled(folder: DataFolder, given: Mapping[str, str], *, sandbox: bool) -> dict[str, str]:
    """Everything but the engines' addresses."""
    env = dict(given)
    defaults = {name: str(port) for name, port in PORTS.items()}
    defaults |= folder.secrets()
    for name, value in defaults.items():
        env.setdefault(name, value)
    web, live = env["WEB_PORT"], env["LIVE_PORT"]
    defaults = {
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
        "DATA_DIR": str(folder.path),
        "DEBUG": "0",
        "BIND": "127.0.0.1",
        "PUBLIC_ORIGINS": f"http://127.0.0.1:{web},http://localhost:{web}",
        "LIVE_ORIGIN": f"ws://127.0.0.1:{live}",
        "EGRESS_ALLOW": "127.0.0.0/8",
        "EMAIL_URL": f"smtp://127.0.0.1:{env['SMTP_PORT']}",
        "LOG_FORMAT": "text",
        "PYTHONUNBUFFERED": "1",
    }
    if sandbox:
        defaults["WHATSAPP_BASE_URL"] = f"http://127.0.0.1:{env['SANDBOX_PORT']}"
    for name, value in defaults.items():
        env.setdefault(name, value)
    env["DATA_DIR"] = str(folder.path)
    return env


def own_part(env: Mapping[str, str]) -> dict[str, str]:
    """What differs from the surroundings: enough to run a command beside the processes."""
    names = {*PORTS, "DATA_DIR", "DATABASE_URL", "DATABASE_APP_URL", "REDIS_URL"}
    return {
        name: value
        for name, value in sorted(env.items())
        if name in names or os.environ.get(name) != value
    }


def exports(env: dict[str, str]) -> str:
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in env.items())


def check_ports(env: Mapping[str, str], *, sandbox: bool) -> None:
    """PortTaken with the way out, before anything is started."""
    for name in PORTS:
        if name in SANDBOX_PORTS and not sandbox:
            continue
        port = int(env[name])
        if not is_free(port) or answers(port):
            raise PortTaken(
                f"Port {port} is taken by another program. "
                f"Choose another one, for example: {name}={port + 100} make run"
            )


def root() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parents[2]
