"""Writes a unit's events as its last statement, numbered without gaps."""

from __future__ import annotations

from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from accounts.models import Member
from helpdesk import hints
from helpdesk.events import Emitted
from helpdesk.tenancy.context import Unit

COLUMNS = "uuid, name, facts, member_id, actor_name, audience, lost"
TYPES = "%s::uuid, %s::text, %s::jsonb, %s::bigint, %s::text, %s::text[], %s::text[]"


def write(unit: Unit) -> None:
    """Draw the numbers and insert the rows in one statement.

    The counter row is locked from here to the commit, so this comes last: it is the only
    moment in which one unit of a workspace waits for another.
    """
    if not unit.events:
        return
    values = ", ".join(f"({number}, {TYPES})" for number in range(1, len(unit.events) + 1))
    sql = f"""
        WITH counter AS (
            INSERT INTO activity_feedcounter AS c (workspace_id, seq) VALUES (%s, %s)
            ON CONFLICT (workspace_id) DO UPDATE SET seq = c.seq + EXCLUDED.seq
            RETURNING c.seq - %s AS base
        )
        INSERT INTO activity_ledgerentry (workspace_id, seq, {COLUMNS}, at)
        SELECT %s, counter.base + e.number, {COLUMNS}, now()
        FROM counter, (VALUES {values}) AS e (number, {COLUMNS})
        RETURNING seq
    """  # noqa: S608  (only column names and row numbers are put in)
    count = len(unit.events)
    parameters: list[Any] = [unit.workspace_id, count, count, unit.workspace_id]
    for emitted in unit.events:
        parameters += _row(emitted)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        unit.last_seq = max(seq for (seq,) in cursor.fetchall())


def _row(emitted: Emitted) -> list[Any]:
    member = emitted.by.pk if isinstance(emitted.by, Member) else None
    return [
        emitted.uuid,
        emitted.event.name,
        Jsonb(emitted.facts),
        member,
        str(getattr(emitted.by, "name", "") or "")[:120],
        sorted(emitted.audience),
        sorted(emitted.lost),
    ]


def announce(unit: Unit) -> None:
    """After the commit: tell the live processes that there is something to read."""
    if unit.events:
        hints.publish(unit.workspace_id, unit.last_seq)
    if unit.whispers:
        hints.publish_whispers(unit.workspace_id, unit.whispers)
