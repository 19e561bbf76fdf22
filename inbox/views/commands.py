"""What may be done with a conversation and its messages: each is a POST that calls one action.

Our scripts ask for JSON and get the frame that the live feed would bring; without scripts
the same forms end in a redirect.
"""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.requests import MemberRequest
from inbox import actions, queries
from inbox.forms import ReactionForm, SaveContactForm, SentForm, TextForm, TransferForm
from inbox.screens import composer
from inbox.views.answers import answer, message_in, named, visible


@require_POST
def accept(request: MemberRequest, number: int) -> HttpResponse:
    """Take it; who loses the race is told by whom."""
    conversation = get_object_or_404(queries.takeable_by(request.member), number=number)
    accepted = actions.accept(conversation, by=request.member)
    return answer(request, accepted, composer=composer(request.member, accepted))


@require_POST
def release(request: MemberRequest, number: int) -> HttpResponse:
    """Back into the queue."""
    conversation = named(request, number)
    return answer(request, actions.release(conversation, by=request.member), None, conversation)


@require_POST
def resolve(request: MemberRequest, number: int) -> HttpResponse:
    """End it."""
    conversation = named(request, number)
    return answer(request, actions.resolve(conversation, by=request.member), None, conversation)


@require_http_methods(["GET", "POST"])
@vary_on_headers("X-Fragment")
def transfer(request: MemberRequest, number: int) -> HttpResponse:
    """The form of a transfer, as a dialog or a page; and the transfer."""
    conversation = visible(request, number)
    targets = queries.transfer_targets(request.member)
    form = TransferForm(request.POST or None, targets=targets)
    if form.is_valid():
        moved = actions.transfer(conversation, by=request.member, **form.wish())
        return answer(request, moved)
    is_part = bool(request.headers.get("X-Fragment"))
    template = "_transfer.html" if is_part else "transfer.html"
    context = {"conversation": conversation, "form": form, "targets": targets}
    status = 422 if form.is_bound else 200
    return render(request, f"inbox/conversation/{template}", context, status=status)


@require_POST
def note(request: MemberRequest, number: int) -> HttpResponse:
    """Write an internal note."""
    form = TextForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given = {**form.cleaned_data, "rest": SentForm(request.POST).facts().get("rest")}
    conversation = named(request, number)
    message = actions.add_note(conversation, by=request.member, **given)
    version = queries.draft_version(request.member, conversation, "note")
    return answer(request, message.conversation, message, conversation, draft=version)


@require_POST
def retry(request: MemberRequest, number: int, message_id: int) -> HttpResponse:
    """Send a message again that failed or may have been sent."""
    message = message_in(visible(request, number), message_id)
    again = actions.retry_message(message, by=request.member)
    return answer(request, message.conversation, again)


@require_POST
def discard(request: MemberRequest, number: int, message_id: int) -> HttpResponse:
    """Give up a message that was not sent."""
    message = message_in(visible(request, number), message_id)
    dropped = actions.discard_message(message, by=request.member)
    return answer(request, message.conversation, dropped)


@require_POST
def react(request: MemberRequest, number: int, message_id: int) -> HttpResponse:
    """React to a message, or take it back."""
    message = message_in(visible(request, number), message_id)
    form = ReactionForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    changed = actions.react(message, by=request.member, emoji=form.cleaned_data["emoji"])
    return answer(request, changed.conversation, changed)


@require_POST
def save_contact(request: MemberRequest, number: int, message_id: int, index: int) -> HttpResponse:
    """Put a shared contact card among the contacts, or bring what we have up to date."""
    message = message_in(visible(request, number), message_id)
    form = SaveContactForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    is_update = form.cleaned_data["mode"] == "update"
    contact, is_new = actions.save_shared_contact(
        message, index, by=request.member, update=is_update
    )
    told = {"id": contact.pk, "name": contact.name, "phone": contact.phone, "email": contact.email}
    state = "saved" if is_new or is_update else "known"
    fresh = message_in(message.conversation, message_id)
    return answer(request, message.conversation, fresh, contact=told, state=state)


@require_POST
def read(request: MemberRequest, number: int) -> HttpResponse:
    """The assignee has seen it."""
    conversation = visible(request, number)
    return answer(request, actions.mark_read(conversation, by=request.member))


@require_POST
def unread(request: MemberRequest, number: int) -> HttpResponse:
    """The assignee wants to read it again."""
    conversation = visible(request, number)
    return answer(request, actions.mark_unread(conversation, by=request.member))
