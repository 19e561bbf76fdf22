"""What may be done: each is a POST that calls one action.

Our scripts ask for JSON and get the frame that the live feed would bring; without scripts
the same forms end in a redirect.
"""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.requests import MemberRequest
from helpdesk.problems import wants_json
from inbox import actions, queries
from inbox.forms import TextForm, TransferForm
from inbox.live import frame
from inbox.models import Conversation, Message
from inbox.permissions import sees
from inbox.screens import composer
from inbox.views.pages import visible


def _answer(
    request: MemberRequest,
    conversation: Conversation,
    message: Message | None = None,
    **more: object,
) -> HttpResponse:
    """What follows for whoever did it; he may have lost sight of it by that."""
    stays = sees(request.member, conversation)
    if wants_json(request):
        body = frame(conversation, message)
        told = body if stays else _only_id(body)
        return JsonResponse({"ok": True, "gone": not stays, **told, **more})
    if not stays or conversation.is_resolved:
        return redirect("inbox:list")
    return redirect("inbox:conversation", conversation.number)


def _only_id(body: dict[str, object]) -> dict[str, object]:
    return {"conversation": body["conversation"]}


@require_POST
def accept(request: MemberRequest, number: int) -> HttpResponse:
    """Take it; who loses the race is told by whom."""
    conversation = get_object_or_404(queries.takeable_by(request.member), number=number)
    accepted = actions.accept(conversation, by=request.member)
    return _answer(request, accepted, composer=composer(request.member, accepted))


@require_POST
def release(request: MemberRequest, number: int) -> HttpResponse:
    """Back into the queue."""
    conversation = visible(request, number)
    return _answer(request, actions.release(conversation, by=request.member))


@require_POST
def resolve(request: MemberRequest, number: int) -> HttpResponse:
    """End it."""
    conversation = visible(request, number)
    return _answer(request, actions.resolve(conversation, by=request.member))


@require_http_methods(["GET", "POST"])
@vary_on_headers("X-Fragment")
def transfer(request: MemberRequest, number: int) -> HttpResponse:
    """The form of a transfer, as a dialog or a page; and the transfer."""
    conversation = visible(request, number)
    targets = queries.transfer_targets(request.member)
    form = TransferForm(request.POST or None, targets=targets)
    if form.is_valid():
        moved = actions.transfer(conversation, by=request.member, **form.wish())
        return _answer(request, moved)
    is_part = bool(request.headers.get("X-Fragment"))
    template = "_transfer.html" if is_part else "transfer.html"
    context = {"conversation": conversation, "form": form, "targets": targets}
    status = 422 if form.is_bound else 200
    return render(request, f"inbox/conversation/{template}", context, status=status)


@require_POST
def reply(request: MemberRequest, number: int) -> HttpResponse:
    """Answer the customer."""
    words = _words(request)
    message = actions.send_reply(visible(request, number), by=request.member, **words)
    return _answer(request, message.conversation, message)


@require_POST
def note(request: MemberRequest, number: int) -> HttpResponse:
    """Write an internal note."""
    words = _words(request)
    message = actions.add_note(visible(request, number), by=request.member, **words)
    return _answer(request, message.conversation, message)


@require_POST
def retry(request: MemberRequest, number: int, message_id: int) -> HttpResponse:
    """Send a message again that failed or may have been sent."""
    message = _message(request, number, message_id)
    again = actions.retry_message(message, by=request.member)
    return _answer(request, message.conversation, again)


@require_POST
def discard(request: MemberRequest, number: int, message_id: int) -> HttpResponse:
    """Give up a message that was not sent."""
    message = _message(request, number, message_id)
    dropped = actions.discard_message(message, by=request.member)
    return _answer(request, message.conversation, dropped)


@require_POST
def read(request: MemberRequest, number: int) -> HttpResponse:
    """The assignee has seen it."""
    conversation = visible(request, number)
    return _answer(request, actions.mark_read(conversation, by=request.member))


def _words(request: MemberRequest) -> dict[str, str]:
    """What was written; 400 for what no composer sends (the action judges the text itself)."""
    form = TextForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    return form.cleaned_data


def _message(request: MemberRequest, number: int, message_id: int) -> Message:
    conversation = visible(request, number)
    message: Message = get_object_or_404(queries.message_of(conversation, message_id))
    message.conversation = conversation
    return message
