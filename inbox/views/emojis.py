"""Emoji for the list at the caret."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from accounts.requests import MemberRequest
from inbox.emojis import found_emojis


@require_GET
def find(request: MemberRequest) -> HttpResponse:
    """Those whose name fits, in the viewer's language."""
    language = str(request.LANGUAGE_CODE)[:2]
    found = found_emojis(request.GET.get("q", "")[:40], language)
    return JsonResponse({"found": [{"mark": one.mark, "label": one.name} for one in found]})
