"""What every template knows: member, workspace and preferences."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def workspace(request: HttpRequest) -> dict[str, Any]:
    """`member`, `workspace` (None outside one), `theme` and `language` of the asker."""
    user = getattr(request, "user", None)
    return {
        "member": getattr(request, "member", None),
        "workspace": getattr(request, "workspace", None),
        "theme": getattr(user, "theme", "") or request.COOKIES.get("theme", ""),
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }
