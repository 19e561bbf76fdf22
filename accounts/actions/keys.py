"""Idempotency keys: one row per key, written with what the request did."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import IdempotencyKey, Member
from helpdesk.events import action

KEPT = timedelta(hours=48)


@action
def begin(member: Member, key: str, digest: str) -> tuple[IdempotencyKey | None, bool]:
    """`(record, True)` for a new key, `(record, False)` for one that was answered, and
    `(None, False)` if the key belongs to a different request.

    A second request with the same key waits here, at the unique index, for the first one.
    """
    row = IdempotencyKey(member=member, key=key, request_digest=digest)
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    record = IdempotencyKey.objects.select_for_update().get(member=member, key=key)
    if record.request_digest != digest:
        return None, False
    return record, record.status is None


@action
def finish(record: IdempotencyKey, status: int, body: Any) -> None:
    """Keep the answer."""
    record.status, record.body = status, body
    record.save(update_fields=["status", "body"])


@action
def sweep_keys() -> int:
    """Forget keys after two days."""
    removed, _rows = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return removed
