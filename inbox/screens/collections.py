"""What a conversation has gathered: its files and links, and the templates of its channel."""

from __future__ import annotations

from typing import Any

from inbox import queries
from inbox.models import Channel, Conversation


def attachments_context(conversation: Conversation, tab: str) -> dict[str, Any]:
    """One tab of View All Attachments, the newest first, and how many are in each."""
    links = queries.links_of(conversation)
    found: Any = links if tab == "links" else queries.attachments_of(conversation, tab)
    counts = {**queries.counts_of_files(conversation), "links": len(links)}
    return {"conversation": conversation, "tab": tab, "found": found, "counts": counts}


def template_context(conversation: Conversation, chosen: int = 0) -> dict[str, Any]:
    """The templates of the channel, those that can be sent first, and the chosen one among
    them. `is_free`: the provider does not bill it now."""
    rows = sorted(
        queries.templates_of(conversation.channel),
        key=lambda row: (not row.is_sendable, row.name, row.language),
    )
    row = next((row for row in rows if row.pk == chosen), None)
    free = queries.limits_of(conversation).free_templates
    return {
        "conversation": conversation,
        "templates": rows,
        "chosen": row,
        "is_free": row is not None and row.category.lower() in free,
    }


def template_counts(channel: Channel) -> dict[str, int]:
    """How many templates a channel has, and how many of them can be sent now."""
    ready = queries.sendable_templates(channel).count()
    return {"all": queries.templates_of(channel).count(), "ready": ready}
