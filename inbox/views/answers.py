"""How the doors of the inbox answer, and how they find what is named in an address."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.requests import MemberRequest
from helpdesk.problems import wants_json
from inbox import queries
from inbox.live import frame
from inbox.models import Conversation, Message
from inbox.permissions import sees


def visible(request: MemberRequest, number: int) -> Conversation:
    """The conversation of this number, if the member may see it; else 404."""
    return _found(request, number, is_bare=False)


def named(request: MemberRequest, number: int) -> Conversation:
    """The same for an action, which reads it again when it holds it: itself and its labels."""
    return _found(request, number, is_bare=True)


def _found(request: MemberRequest, number: int, *, is_bare: bool) -> Conversation:
    found = queries.visible_conversation(request.member, number, is_bare=is_bare)
    if found is None:
        raise Http404
    return found


def message_in(conversation: Conversation, message_id: int) -> Message:
    """A message of a conversation that is visible; else 404."""
    message: Message = get_object_or_404(queries.message_of(conversation, message_id))
    message.conversation = conversation
    return message


def answer(
    request: MemberRequest,
    conversation: Conversation,
    message: Message | None = None,
    labels_of: Conversation | None = None,
    **more: object,
) -> HttpResponse:
    """What follows for whoever did it; he may have lost sight of it by that. `labels_of`: the
    conversation as it was named, after what leaves its labels alone."""
    if labels_of is not None:
        conversation.shown_labels = labels_of.shown_labels  # type: ignore[attr-defined]
    stays = sees(request.member, conversation)
    if wants_json(request):
        body = frame(conversation, message)
        step = getattr(conversation, "step", None)
        undo = reverse("inbox:undo", args=[step.uuid]) if step else ""
        told = body if stays else {"conversation": body["conversation"]}
        return JsonResponse({"ok": True, "gone": not stays, "undo": undo, **told, **more})
    if not stays or conversation.is_resolved:
        return redirect("inbox:list")
    return redirect("inbox:conversation", conversation.number)
