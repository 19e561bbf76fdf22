"""Messages with what their bubbles show besides themselves: files, and what they quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from inbox.models import Attachment, Message

WITH_FILES = frozenset(Attachment.Kind.values) | {"template"}


def furnished(messages: Iterable[Message]) -> list[Message]:
    """The messages with `attachments_list` and `quoted` set; at most two queries for all of
    them, and none for plain texts. Only a message of the same conversation is quoted: what
    was said in another may not be for those who read this one."""
    rows = list(messages)
    files: dict[int, list[Attachment]] = defaultdict(list)
    wanted = [row.pk for row in rows if row.kind in WITH_FILES]
    if wanted:
        for file in Attachment.objects.filter(message__in=wanted).order_by("id"):
            files[file.message_id or 0].append(file)
    quoted = _quoted(rows)
    for row in rows:
        row.attachments_list = files.get(row.pk, [])  # type: ignore[attr-defined]
        row.quoted = quoted.get((row.conversation_id, row.reply_to))  # type: ignore[attr-defined]
    return rows


def _quoted(rows: list[Message]) -> dict[tuple[int, str], Message]:
    ids = {row.reply_to for row in rows if row.reply_to}
    if not ids:
        return {}
    by_id = {(row.conversation_id, row.external_id or ""): row for row in rows}
    if all((row.conversation_id, row.reply_to) in by_id for row in rows if row.reply_to):
        return by_id
    found = Message.objects.filter(
        channel__in={row.channel_id for row in rows},  # for the index
        external_id__in=ids,
        conversation__in={row.conversation_id for row in rows},
    )
    return by_id | {(row.conversation_id, row.external_id or ""): row for row in found}
