"""Faces: a person's initials on a hue that follows from the id."""

from __future__ import annotations

from django import template

register = template.Library()

HUES = 12


@register.filter
def initials(name: str) -> str:
    """Two letters for a name, the country code for a phone number, else a question mark."""
    words = [word for word in str(name or "").split() if word[:1].isalnum() or word[0] == "+"]
    if not words:
        return "?"
    if words[0].startswith("+"):
        return words[0][:4]
    last = words[-1][0] if len(words) > 1 else words[0][1:2]
    return (words[0][0] + last).upper()


@register.filter
def hue(key: object) -> str:
    """A CSS class: the same key always has the same hue, neighbours differ visibly."""
    number = key if isinstance(key, int) else sum(map(ord, str(key or "")))
    return f"hue-{number * 5 % HUES}"
