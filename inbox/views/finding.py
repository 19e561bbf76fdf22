"""The palette's search."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import MemberRequest
from contacts.models import Contact
from inbox import queries
from inbox.forms import ListForm
from inbox.models import Conversation
from inbox.templatetags.inbox_look import known_as, phone


@require_GET
def find(request: MemberRequest) -> HttpResponse:
    """Conversations and people that a few typed letters may mean, as JSON for our script."""
    text = ListForm(request.GET).wish()["q"].strip()
    rows = queries.found_conversations(request.member, text) if text else []
    people = queries.found_people(request.member, text) if text else []
    return JsonResponse(
        {
            "conversations": [_conversation(row) for row in rows],
            "people": [_person(p) for p in people],
        }
    )


def _conversation(row: Conversation) -> dict[str, Any]:
    return {
        "label": f"{known_as(row)} #{row.number}",
        "detail": f"{row.get_status_display()} · {row.preview}",
        "number": row.number,
        "url": reverse("inbox:conversation", args=[row.number]),
    }


def _person(contact: Contact) -> dict[str, Any]:
    q = contact.name or contact.phone
    return {
        "label": contact.name or phone(contact.phone),
        "detail": phone(contact.phone) if contact.name else "",
        "q": q,
        "url": f"{reverse('inbox:list')}?view=all&q={quote(q)}",
    }
