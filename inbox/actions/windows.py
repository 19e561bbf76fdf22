"""The reply window: we compute it, but the provider's word decides."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from inbox.models import Conversation


def close_window(conversation: Conversation) -> None:
    """The provider refused free text because its window has closed; for actions."""
    now = timezone.now()
    rows = Conversation.objects.filter(pk=conversation.pk, window_expires_at__gt=now)
    rows.update(window_expires_at=now, version=F("version") + 1)
