"""The member's commands for scripts, and his key on a button."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.commands import GROUPS, available, keys_of, pretty

register = template.Library()


@register.simple_tag(takes_context=True)
def key(context: Any, name: str) -> str | SafeString:
    """The key of a command as a `<kbd>`; nothing if the member has turned it off."""
    member = getattr(context.get("request"), "member", None)
    found = _keys(context, member).get(name, ()) if member else ()
    if not found:
        return ""
    return format_html(
        '<kbd aria-hidden="true" data-keys="{}">{}</kbd>', found[0], pretty(found[0])
    )


def _keys(context: Any, member: Any) -> dict[str, tuple[str, ...]]:
    """Worked out once for a page."""
    kept = context.render_context.get("member_keys")
    if kept is None:
        kept = context.render_context["member_keys"] = keys_of(member)
    return kept  # type: ignore[no-any-return]


@register.simple_tag(takes_context=True)
def commands(context: Any) -> list[dict[str, Any]]:
    """What the member may do, for `static/js/commands.js`."""
    member = context["request"].member
    keys = keys_of(member)
    return [
        {
            "id": row.id,
            "label": str(row.label),
            "group": str(GROUPS[row.group]),
            "context": row.context,
            "keys": keys[row.id],
            "href": reverse(row.address) + row.query if row.address else "",
            "repeats": row.repeats,
        }
        for row in available(member)
    ]
