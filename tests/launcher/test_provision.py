"""`manage.py provision`: what the app's login may do, seen from that login."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from helpdesk.management.commands.provision import make_login

VIEWS = "select relname from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace"


def value(query: str, *parameters: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_app_which_owns_nothing() -> None:
    assert value("select current_user") == "helpdesk_app"
    assert value("select count(*) from pg_class where relowner = current_user::regrole") == 0
    shape = "select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = %s"
    assert value(shape, "helpdesk_app") is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    "forbidden",
    [
        "create table mine (id int)",
        "create temporary table mine (id int)",
        "truncate accounts_user cascade",
        "delete from django_migrations",
        "alter table accounts_user disable row level security",
    ],
)
def test_the_app_may_not(forbidden: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forbidden)


@pytest.mark.django_db
def test_views_are_read_only() -> None:
    with connection.cursor() as cursor:
        cursor.execute(VIEWS)
        views = [name for (name,) in cursor.fetchall()]
    assert views
    for view in views:
        assert value("select has_table_privilege(%s, 'select')", view)
        assert not value("select has_table_privilege(%s, 'insert, update, delete')", view)


@pytest.mark.django_db(databases=["default", "owner"])
def test_it_may_be_run_again_and_refuses_a_login_that_sees_everything() -> None:
    call_command("provision")
    from django.db import connections

    with (
        connections["owner"].cursor() as cursor,
        pytest.raises(CommandError, match="row-level security"),
    ):
        make_login(cursor, "postgres", "unused")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_rows_of_a_test_that_commits_are_gone_in_the_next(time: str) -> None:
    assert User.objects.count() == 0
    User.objects.create(email=f"{time}@example.com", name=time)
