"""The second lock: what PostgreSQL itself refuses to the app's login."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from activity.models import LedgerEntry
from tests.guards.tables import (
    furnish,
    owned_models,
    owner_rows,
    references,
    rows,
    tenant_tables,
)
from tests.people import World

# Owner-owned look-ups across workspaces: what each may return.
DOORS = {
    "hd_workspace_by_slug": "bigint",
    "hd_workspaces": "SETOF bigint",
    "hd_membership": "TABLE(workspace_id bigint, member_id bigint)",
    "hd_memberships_of": "TABLE(workspace_id bigint, member_id bigint)",
    "hd_api_token": "TABLE(workspace_id bigint, member_id bigint)",
    "hd_due_invitations": "SETOF bigint",
    "hd_channel_by_token": "TABLE(workspace_id bigint, channel_id bigint)",
    "hd_due_inbound": "SETOF bigint",
    "hd_due_outgoing": "SETOF bigint",
    "hd_due_attachments": "SETOF bigint",
    "hd_due_batches": "SETOF bigint",
    "hd_due_calls": "SETOF bigint",
    "hd_due_snoozes": "SETOF bigint",
    "hd_oldest_due": "TABLE(kind text, seconds double precision)",  # ages for the operator
}
LEDGER = "activity_ledgerentry"  # may not be written at all
EXPRESSION = (
    "({column} = (( SELECT NULLIF(current_setting('app.workspace_id'::text, true), ''::text)"
    ' AS "nullif"))::bigint)'
)


def test_the_apps_login_can_walk_around_nothing(db: None) -> None:
    ((name, *flags),) = rows(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
        " from pg_roles where rolname = current_user"
    )
    assert name == "helpdesk_app"
    assert not any(flags)
    assert rows("select count(*) from pg_class where relowner = current_user::regrole") == [(0,)]
    assert rows("select count(*) from pg_proc where proowner = current_user::regrole") == [(0,)]
    member_of = "select count(*) from pg_auth_members where member = current_user::regrole"
    assert rows(member_of) == [(0,)]


def test_it_can_create_nothing(db: None) -> None:
    ((temporary, creates, schemas),) = rows(
        "select has_database_privilege(current_database(), 'TEMP'),"
        " has_schema_privilege('public', 'CREATE'),"
        " has_database_privilege(current_database(), 'CREATE')"
    )
    assert (temporary, creates, schemas) == (False, False, False)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows("create temporary table spy (x int)")


def test_every_table_with_a_workspace_is_a_tenant_table(db: None) -> None:
    found = rows(
        "select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " where a.attname = 'workspace_id' and c.relkind = 'r' and not a.attisdropped"
        " and c.relnamespace = 'public'::regnamespace"
    )
    assert {name for (name,) in found} == set(tenant_tables()) - {"accounts_workspace"}


@pytest.mark.parametrize("table", tenant_tables())
def test_the_policies_are_on(db: None, table: str) -> None:
    enabled = rows("select relrowsecurity from pg_class where relname = %s", table)
    assert enabled == [(True,)]
    column = "id" if table == "accounts_workspace" else "workspace_id"
    rule = EXPRESSION.format(column=column)
    found = rows(
        "select cmd, permissive, roles::text, qual, with_check from pg_policies"
        " where tablename = %s order by cmd",
        table,
    )
    if table == LEDGER:
        assert found == [
            ("INSERT", "PERMISSIVE", "{public}", None, rule),
            ("SELECT", "PERMISSIVE", "{public}", rule, None),
        ]
    else:
        assert found == [("ALL", "PERMISSIVE", "{public}", rule, rule)]


def test_raw_sql_without_a_workspace_sees_no_row_of_any_tenant_table(
    committed_world: World,
) -> None:
    furnish(committed_world.acme)
    furnish(committed_world.globex)
    for table in tenant_tables():
        assert owner_rows(f'select count(*) from "{table}"') != [(0,)], f"{table} is empty"
        assert rows(f'select count(*) from "{table}"') == [(0,)], table
    for view in ("contacts_contact_search_v", "inbox_message_search_v"):
        assert rows(f"select count(*) from {view}") == [(0,)]


def test_raw_sql_in_a_workspace_sees_its_rows_alone(world: World) -> None:
    furnish(world.acme)
    furnish(world.globex)
    for company in (world.acme, world.globex):
        with company.acting():
            for table in tenant_tables():
                column = "id" if table == "accounts_workspace" else "workspace_id"
                assert rows(f'select distinct {column} from "{table}"') == [(company.id,)]
            for view in ("contacts_contact_search_v", "inbox_message_search_v"):
                assert rows(f"select distinct workspace_id from {view}") == [(company.id,)]


def test_rows_of_another_workspace_can_be_neither_written_nor_touched(world: World) -> None:
    furnish(world.globex)
    with world.acme.acting():
        for model in owned_models():
            table = model._meta.db_table
            if table == LEDGER:
                continue
            with connection.cursor() as cursor:
                cursor.execute(
                    f'update "{table}" set workspace_id = workspace_id where workspace_id = %s',
                    [world.globex.id],
                )
                assert cursor.rowcount == 0
                cursor.execute(f'delete from "{table}" where workspace_id = %s', [world.globex.id])
                assert cursor.rowcount == 0


def test_a_row_can_not_be_given_to_another_workspace(world: World) -> None:
    furnish(world.acme)
    for model in owned_models():
        if model._meta.db_table == LEDGER:
            continue
        sql = f'update "{model._meta.db_table}" set workspace_id = {world.globex.id}'
        with pytest.raises(DatabaseError, match="row-level security"):
            _in_acme(world, sql)


def _in_acme(world: World, sql: str) -> None:
    with world.acme.acting(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "verb", ["update activity_ledgerentry set name = 'x'", "delete from activity_ledgerentry"]
)
def test_what_happened_can_be_neither_changed_nor_removed(world: World, verb: str) -> None:
    with world.acme.acting():
        before = LedgerEntry.objects.count()
        assert before
    with pytest.raises(DatabaseError, match="permission denied"):
        _in_acme(world, verb)
    with world.acme.acting():
        assert LedgerEntry.objects.count() == before
        assert not LedgerEntry.objects.filter(name="x").exists()


def test_even_with_the_right_no_policy_lets_the_ledger_be_changed(world: World) -> None:
    """The privilege is the first lock of the ledger; this one holds without it."""
    commands = rows("select cmd from pg_policies where tablename = 'activity_ledgerentry'")
    assert {command for (command,) in commands} == {"SELECT", "INSERT"}


def test_every_reference_between_tenant_tables_is_composite(db: None) -> None:
    found = rows(
        "select c.conrelid::regclass::text, c.confrelid::regclass::text,"
        " array_agg(a.attname::text order by k.ord)"
        " from pg_constraint c, unnest(c.conkey) with ordinality k (attnum, ord)"
        " join pg_attribute a on true"
        " where c.contype = 'f' and a.attrelid = c.conrelid and a.attnum = k.attnum"
        " group by c.oid, c.conrelid, c.confrelid"
    )
    tenants = set(tenant_tables()) - {"accounts_workspace"}
    between = [(table, columns) for table, target, columns in found if target in tenants]
    assert all(columns[0] == "workspace_id" and len(columns) == 2 for _t, columns in between)
    assert {(t, columns[1]) for t, columns in between} == {
        (model._meta.db_table, field.column) for model, field in references()
    }


def test_the_database_refuses_every_reference_to_another_workspace(world: World) -> None:
    furnish(world.acme)
    furnish(world.globex)
    for model, field in references():
        target = field.related_model._meta.db_table
        with world.globex.acting():
            foreign = rows(f'select min(id) from "{target}"')[0][0]
        with pytest.raises(IntegrityError, match="foreign key"):
            _in_acme(world, _pointing(world.acme.id, model, field, foreign))


def _pointing(workspace: int, model: Any, field: Any, foreign: int) -> str:
    table = model._meta.db_table
    if table == LEDGER:
        return (
            f"insert into {LEDGER} (workspace_id, seq, uuid, name, facts, actor_name, audience,"
            f" lost, at, {field.column}) values ({workspace}, 9999, gen_random_uuid(), 'x', '{{}}',"
            f" '', '{{}}', '{{}}', now(), {foreign})"
        )
    first = f'(select min(id) from "{table}")'
    return f'update "{table}" set {field.column} = {foreign} where id = {first}'


def test_the_doors_across_workspaces_are_the_known_ones_and_return_ids(db: None) -> None:
    found = rows(
        "select p.proname, pg_get_function_result(p.oid), p.proconfig, p.provolatile"
        " from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace"
    )
    assert {name: result for name, result, _config, _volatile in found} == DOORS
    for name, _result, config, volatile in found:
        assert config == ["search_path=public, pg_temp"], name
        assert volatile in ("s", "i"), f"{name} could write"


def test_views_over_tenant_tables_are_the_search_views_and_read_only(db: None) -> None:
    found = rows(
        "select c.relname, pg_get_viewdef(c.oid), has_table_privilege(c.oid, 'INSERT'),"
        " has_table_privilege(c.oid, 'UPDATE'), has_table_privilege(c.oid, 'DELETE')"
        " from pg_class c where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace"
        " and c.relowner <> (select oid from pg_roles where rolsuper order by oid limit 1)"
    )
    ours = {row[0]: row for row in found}
    assert set(ours) == {"contacts_contact_search_v", "inbox_message_search_v"}
    for name, text, *writes in ours.values():
        assert "current_setting('app.workspace_id'" in text, name
        assert not any(writes), name
