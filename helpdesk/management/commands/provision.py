"""`manage.py provision`: the logins of the database and what each of them may do."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.backends.utils import CursorWrapper
from psycopg import sql

READ_ONLY = ("django_migrations",)
SHAPE = """
select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = %s
"""
VIEWS = """
select relname from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and relowner = %s::regrole
"""


class Command(BaseCommand):
    """Idempotent; run it before and after every migrate, with the owner's login."""

    help = "Make the app login and grant it what it needs, and no more."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if "owner" not in connections:
            raise CommandError("Set DATABASE_URL to the owner's login.")
        with connections["owner"].cursor() as cursor:
            login = settings.DATABASES["default"]
            make_login(cursor, str(login["USER"]), str(login["PASSWORD"]))
            restrict_everybody(cursor)
            grant_use(cursor, str(login["USER"]))


def make_login(cursor: CursorWrapper, name: str, password: str) -> None:
    """Create it, or set its password; a login that could walk around the policies is refused."""
    cursor.execute("select current_user")
    if cursor.fetchone()[0] == name:
        raise CommandError("The app must not use the owner's login: set DATABASE_APP_URL.")
    cursor.execute(SHAPE, [name])
    if (found := cursor.fetchone()) and found[0]:
        raise CommandError(f"{name} may walk around row-level security; it must be a plain login.")
    verb = "alter" if found else "create"
    command = sql.SQL(f"{verb} role {{}} login password {{}}")
    execute(cursor, command.format(sql.Identifier(name), sql.Literal(password)))


def restrict_everybody(cursor: CursorWrapper) -> None:
    """Temporary tables let a cheap function read foreign rows through a view; nobody needs them."""
    database = sql.Identifier(connections["owner"].settings_dict["NAME"])
    execute(cursor, sql.SQL("revoke temporary on database {} from public").format(database))
    execute(cursor, sql.SQL("revoke create on schema public from public"))


def grant_use(cursor: CursorWrapper, name: str) -> None:
    """Rows of all tables, but views are read only (through one, a row could be written as the
    owner), as is what only migrations change; a model may narrow its own by `app_may`."""
    app = sql.Identifier(name)
    for command in (
        "grant usage on schema public to {}",
        "alter default privileges in schema public"
        " grant select, insert, update, delete on tables to {}",
        "alter default privileges in schema public grant usage, select on sequences to {}",
        "grant select, insert, update, delete on all tables in schema public to {}",
        "grant usage, select on all sequences in schema public to {}",
    ):
        execute(cursor, sql.SQL(command).format(app))
    cursor.execute("select current_user")
    cursor.execute(VIEWS, [cursor.fetchone()[0]])
    narrow = {view: "select" for (view,) in cursor.fetchall()} | dict.fromkeys(READ_ONLY, "select")
    for table, rights in (narrow | narrowed_models()).items():
        cursor.execute("select to_regclass(%s) is not null", [f'public."{table}"'])
        if cursor.fetchone()[0]:
            target = sql.Identifier(table)
            execute(cursor, sql.SQL("revoke all on {} from {}").format(target, app))
            execute(cursor, sql.SQL(f"grant {rights} on {{}} to {{}}").format(target, app))


def narrowed_models() -> dict[str, str]:
    """Tables of models that declare `app_may = "select, insert"` (the ledger)."""
    return {
        model._meta.db_table: model.app_may
        for model in apps.get_models()
        if hasattr(model, "app_may")
    }


def execute(cursor: CursorWrapper, command: sql.Composed | sql.SQL) -> None:
    """Run what psycopg has composed and quoted."""
    cursor.execute(command.as_string(cursor.connection))
