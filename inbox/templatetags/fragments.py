"""The compiled fragments (`inbox.fragments`) in Django's templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inbox import fragments
from inbox.models import Conversation, Message

register = template.Library()


@register.simple_tag(takes_context=True)
def conversation_rows(
    context: Any, conversations: Sequence[Conversation], open_id: int | None
) -> str:
    """The rows of the list."""
    return fragments.rows_html(conversations, open_id, _input(context))


@register.simple_tag(takes_context=True)
def message_bubble(context: Any, message: Message, joined: bool) -> str:
    """A bubble of the thread that the page shows."""
    token = str(context.get("csrf_token", ""))
    conversation = context["conversation"]
    return fragments.bubble_html(message, conversation, joined=joined, csrf_token=token)


def _input(context: Any) -> SafeString:
    """What `{% csrf_token %}` writes."""
    name = "csrfmiddlewaretoken"
    return format_html('<input type="hidden" name="{}" value="{}">', name, context["csrf_token"])
