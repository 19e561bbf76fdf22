"""Celery doors of activity: the beat's two tasks."""

from __future__ import annotations

from celery import shared_task
from django.db import connection

from activity import due
from helpdesk.doorbells import ring


@shared_task(name="activity.ring_due")
def ring_due() -> None:
    """Ring again for every workspace that has due rows of some kind."""
    for task, function in due.kinds.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}()")
            workspaces = [row[0] for row in cursor.fetchall()]
        for workspace_id in workspaces:
            ring(task, workspace_id)


@shared_task(name="activity.sweep")
def sweep() -> None:
    """Remove rows whose time is over, workspace by workspace."""
    due.sweep()
