"""Browsers in words: what a session's user agent says of itself."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: most browsers also name those whose pages they can show.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@register.filter
def browser(agent: object) -> str:
    """Firefox on Linux; what is not known, as it calls itself."""
    said = str(agent or "")
    name = next((called for mark, called in BROWSERS.items() if mark in said), "")
    system = next((called for mark, called in SYSTEMS.items() if mark in said), "")
    if name and system:
        return _("{browser} on {system}").format(browser=name, system=system)
    return name or said[:60] or _("Unknown browser")
