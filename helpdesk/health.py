"""Whether this installation is alive, and whether it is ready."""

from __future__ import annotations

from typing import Any

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from helpdesk import valkey


def live(request: HttpRequest) -> HttpResponse:
    """200 while this process answers at all."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 if the database answers, else 503; with the age in seconds of the oldest due row
    of each kind of work. Without Valkey it is degraded, and still ready."""
    try:
        due = _oldest_due()
    except Error:
        return JsonResponse({"status": "down", "database": False}, status=503)
    hints = valkey.attempt(lambda client: client.ping()) is not None
    body: dict[str, Any] = {
        "status": "ok" if hints else "degraded",
        "database": True,
        "valkey": hints,
        "oldest_due_seconds": due,
    }
    return JsonResponse(body)


def _oldest_due() -> dict[str, float | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, seconds FROM hd_oldest_due()")
        return {kind: float(age) if age is not None else None for kind, age in cursor.fetchall()}
