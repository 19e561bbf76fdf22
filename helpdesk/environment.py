"""Reads the process environment: the only source of configuration."""

from __future__ import annotations

import hashlib
import hmac
import os
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """A setting as text; without a default it must be there."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name}, or start with the launcher, which fills it.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """A setting that is on for 1, true, yes or on."""
    return text(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """A setting as a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from error


def listing(name: str, default: str = "") -> list[str]:
    """A comma-separated setting, without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def app_url_from(owner_url: str, secret_key: str) -> str:
    """The application login beside an owner login: same server and database, a password
    derived from the secret key, so that one URL is enough to start with."""
    parts = urlsplit(owner_url)
    password = hmac.new(secret_key.encode(), b"helpdesk_app", hashlib.sha256).hexdigest()[:32]
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"helpdesk_app:{password}@{host}"))


def database(url: str, *, pool: bool, prepare: bool = False) -> dict[str, object]:
    """Django's connection settings for a postgres:// URL.

    With a pool, connections are kept by psycopg_pool (sizes from DATABASE_POOL); without
    one they are kept open per thread. Query parameters become libpq options. `prepare`: what
    a connection has asked a few times it prepares, so that PostgreSQL need not plan it again
    (under row-level security planning a list takes longer than fetching it).
    """
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    if prepare:
        options |= {"server_side_binding": True, "prepare_threshold": 5}
    if pool:
        options["pool"] = {
            "min_size": 1,
            "max_size": number("DATABASE_POOL", 12),
            "timeout": 5,
            "max_idle": 120,
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if pool else 60,
        "CONN_HEALTH_CHECKS": True,
    }
