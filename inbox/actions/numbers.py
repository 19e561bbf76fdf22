"""The numbers by which people call conversations."""

from __future__ import annotations

from typing import Any

from django.db import connection

from helpdesk.tenancy import current_workspace_id


def next_number() -> int:
    """The workspace's next conversation number; the counter row is held until the commit."""
    sql = (
        "INSERT INTO inbox_numbercounter AS c (workspace_id, last) VALUES (%s, 1) "
        "ON CONFLICT (workspace_id) DO UPDATE SET last = c.last + 1 RETURNING last"
    )
    parameters: list[Any] = [current_workspace_id()]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        number: int = cursor.fetchone()[0]
    return number
