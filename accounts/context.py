"""What every template knows: member, workspace and preferences."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.preferences import look_of


def workspace(request: HttpRequest) -> dict[str, Any]:
    """`member`, `workspace` (None outside one), `theme`, `density` ('' for the usual one) and
    `language` of the asker: only what the middleware has read already, since error pages are
    drawn without a database too."""
    member = getattr(request, "member", None)
    density = look_of(member).density if member else ""
    return {
        "member": member,
        "workspace": getattr(request, "workspace", None),
        "theme": getattr(request, "theme", "") or request.COOKIES.get("theme", ""),
        "density": density if density != "comfortable" else "",
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }
