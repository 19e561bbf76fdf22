"""What every template knows: member, workspace and preferences."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def workspace(request: HttpRequest) -> dict[str, Any]:
    """`member`, `workspace` (None outside one), `theme` and `language` of the asker: only what
    the middleware has read already, since error pages are drawn without a database too."""
    return {
        "member": getattr(request, "member", None),
        "workspace": getattr(request, "workspace", None),
        "theme": getattr(request, "theme", "") or request.COOKIES.get("theme", ""),
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }
