"""How the member has laid out his inbox."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.preferences import LIST_WIDTHS, Look, activities, attention_of, look_of

register = template.Library()


@register.simple_tag(takes_context=True)
def look(context: Any) -> Look:
    """The look of the member who asks."""
    return look_of(context["request"].member)


@register.simple_tag(takes_context=True)
def attention(context: Any) -> dict[str, Any]:
    """What calls the member, for `static/js/attention.js`."""
    kept = attention_of(context["request"].member)
    hours = kept.hours
    return {
        "activities": {
            name: {"label": str(activities[name].label), "ways": sorted(ways)}
            for name, ways in kept.ways.items()
        },
        "tone": kept.tone,
        "volume": kept.volume,
        "hours": hours
        and {
            "days": sorted(hours.days),
            "begin": hours.begin.strftime("%H:%M"),
            "end": hours.end.strftime("%H:%M"),
        },
    }


@register.simple_tag
def list_widths() -> dict[str, int]:
    """The narrowest and the widest list, in pixels."""
    return {"least": LIST_WIDTHS[0], "most": LIST_WIDTHS[-1]}
