"""How the member has laid out his inbox."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.preferences import LIST_WIDTHS, Look, look_of

register = template.Library()


@register.simple_tag(takes_context=True)
def look(context: Any) -> Look:
    """The look of the member who asks."""
    return look_of(context["request"].member)


@register.simple_tag
def list_widths() -> dict[str, int]:
    """The narrowest and the widest list, in pixels."""
    return {"least": LIST_WIDTHS[0], "most": LIST_WIDTHS[-1]}
