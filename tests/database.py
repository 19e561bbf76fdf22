"""The test database: made by the owner, used as the app's login, emptied by the owner."""

from __future__ import annotations

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

KEPT = ("django_migrations", "django_content_type", "auth_permission")
TABLES = """
select quote_ident(relname) from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all(%s)
"""


def create() -> None:
    """An empty database beside the given one, laid out as production's is."""
    name = "test_" + str(connections["owner"].settings_dict["NAME"]).removeprefix("test_")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
        database = sql.Identifier(name)
        owner.execute(sql.SQL("drop database if exists {} with (force)").format(database))
        owner.execute(sql.SQL("create database {}").format(database))
    parts = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name
    call_command("provision")
    call_command("migrate", database="owner", verbosity=0)
    call_command("provision")


def drop() -> None:
    """Close what Django holds and remove the database."""
    name = str(connections["owner"].settings_dict["NAME"])
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    parts = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as owner:
        # To end what a thread or a process has left open, one must be what it is.
        owner.execute("grant helpdesk_app to current_user")
        owner.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def empty() -> None:
    """Remove all rows after a test that committed.

    Django's own flush would run as the app's login, for which the router knows no tables, and
    which may not truncate. Only tables that hold something are touched: that is ten times faster.
    """
    with psycopg.connect(os.environ["DATABASE_URL"], options="-c lock_timeout=5s") as owner:
        tables = [name for (name,) in owner.execute(TABLES, [list(KEPT)])]
        probes = [f"select '{name}' where exists (select 1 from {name})" for name in tables]
        if not probes:
            return
        filled = [name for (name,) in owner.execute(" union all ".join(probes))]
        if filled:
            owner.execute(f"truncate {', '.join(filled)} restart identity cascade")
