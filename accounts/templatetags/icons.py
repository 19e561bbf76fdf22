"""`{% icon %}`: a symbol of the lucide sprite."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from helpdesk.icons import ICONS, SPRITE

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An inline `<svg>`; silent for screen readers unless it has a `label`."""
    if settings.DEBUG:
        return _svg.__wrapped__(name, label)
    return _svg(name, label)


@lru_cache(2000)  # a page has hundreds, and the sprite's address stays
def _svg(name: str, label: str) -> SafeString:
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"{name!r} is not in helpdesk.icons.ICONS")
    href = f"{static(SPRITE)}#{name}"
    if label:
        return format_html('<svg role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg aria-hidden="true"><use href="{}"/></svg>', href)
