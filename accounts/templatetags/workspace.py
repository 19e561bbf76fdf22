"""Links to the doors that have no workspace in their address."""

from __future__ import annotations

from django import template

from helpdesk import links

register = template.Library()


@register.simple_tag
def root_url(name: str, *args: object, **kwargs: object) -> str:
    """`{% url %}` for the root URLs: sign-in, security, the switcher, preferences."""
    return links.root_url(name, *args, **kwargs)
