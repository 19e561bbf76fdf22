"""PostgreSQL and Valkey of the tests: private, fast, up before Django reads its settings."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from helpdesk.launcher.engines import Engines, throwaway_engines

GIVEN = {"DATABASE_URL": "TEST_DATABASE_URL", "REDIS_URL": "TEST_REDIS_URL"}


def start() -> Engines:
    """Start what TEST_DATABASE_URL and TEST_REDIS_URL do not name, and fill the environment.

    Never the DATABASE_URL of the surroundings: a test run must not touch a product that runs.
    """
    for name in ("DATABASE_URL", "REDIS_URL", "DATABASE_APP_URL"):
        os.environ.pop(name, None)
    wanted = {name for name, given in GIVEN.items() if not os.environ.get(given)}
    engines = throwaway_engines(wanted)
    engines.start()
    given = {name: os.environ.get(variable, "") for name, variable in GIVEN.items()}
    os.environ.update(given | engines.environment | settings(engines.folder))
    os.environ.pop("DATABASE_APP_URL", None)
    return engines


def settings(folder: Path) -> dict[str, str]:
    """The rest of the environment: nothing of it depends on the machine."""
    return {
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "DEBUG": "0",
        "PUBLIC_ORIGINS": "http://testserver,http://127.0.0.1,http://localhost",
        "LIVE_ORIGIN": "",
        "EGRESS_ALLOW": "127.0.0.0/8",
        "EMAIL_URL": "smtp://127.0.0.1:2525",
        "DATA_DIR": str(folder / "data"),
        "LOG_FORMAT": "text",
        "DATABASE_USE_POOL": "0",
    }


def stop(engines: Engines) -> None:
    """Stop them; the guardian then removes their folder."""
    engines.stop()
    engines.guard.dismiss()
