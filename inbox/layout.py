"""How a thread is laid out: days, groups of bubbles, and where the unread ones begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from inbox.templatetags.times import day_of

GROUP = timedelta(minutes=5)
TROUBLED = {"failed", "unknown"}


@dataclass(frozen=True)
class Item:
    """A message and what stands around it: `day` is the separator before it or ''."""

    message: Any
    day: str
    day_key: str
    is_new: bool
    joined: bool


def lay_out(messages: Sequence[Any], unread: int = 0) -> list[Item]:
    """The items of a thread; `unread` is how many of the last incoming ones were not read."""
    first_new = _first_unread(messages, unread)
    items, before = [], None
    for message, after in zip(messages, [*messages[1:], None], strict=True):
        day = timezone.localtime(message.sent_at).date()
        label = "" if day == before else day_of(day)
        joined = after is not None and after is not first_new and _joined(message, after)
        items.append(Item(message, label, day.isoformat(), message is first_new, joined))
        before = day
    return items


def _first_unread(messages: Sequence[Any], unread: int) -> Any:
    incoming = [message for message in messages if message.direction == "in"]
    return incoming[-unread] if 0 < unread <= len(incoming) else None


def _joined(message: Any, after: Any) -> bool:
    """Whether the next bubble continues this one, so that one time below is enough."""
    if "fact" in (message.direction, after.direction) or message.state in TROUBLED:
        return False
    same_author = (message.direction, message.author_member_id, message.author_name) == (
        after.direction,
        after.author_member_id,
        after.author_name,
    )
    same_day = (
        timezone.localtime(message.sent_at).date() == timezone.localtime(after.sent_at).date()
    )
    return same_author and same_day and after.sent_at - message.sent_at <= GROUP
