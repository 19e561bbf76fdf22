"""Doors of what is written and not sent yet, and of what concerns a member alone."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import MemberRequest
from inbox import actions
from inbox.actions.drafting import Page, Words
from inbox.forms import DraftForm
from inbox.presence import DOING, enter, leave
from inbox.screens import own_context, people_context
from inbox.views.answers import message_in, named, visible


@require_POST
def draft(request: MemberRequest, number: int) -> HttpResponse:
    """Keep unsent words. The answer is the version that the page knows from now on."""
    conversation = named(request, number)
    form = DraftForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given = form.cleaned_data
    quoting = message_in(conversation, given["reply_to"]) if given["reply_to"] else None
    words = Words(given["text"], quoting, given["attachments"], given["seen"] or 0)
    page = Page(given["base"], given["writer"], given["step"])
    kept = actions.save_draft(
        conversation, by=request.member, kind=given["kind"], words=words, page=page
    )
    return JsonResponse({"ok": True, "version": kept.version})


@require_POST
def presence(request: MemberRequest, number: int) -> HttpResponse:
    """The page is still here, is writing (`doing`), or goes away (`gone`). Nothing is written
    down; the answer says who else is here."""
    conversation = named(request, number)
    doing = request.POST.get("doing", "")
    if doing not in DOING:
        raise BadRequest
    if request.POST.get("gone"):
        leave(conversation, request.member)
        return JsonResponse({"others": []})
    return JsonResponse({"others": enter(conversation, request.member, doing)})


@require_GET
def people(request: MemberRequest, number: int) -> HttpResponse:
    """Who may be mentioned here, for the list at the caret."""
    return JsonResponse({"people": people_context(visible(request, number), request.member)})


@require_POST
def mentions_read(request: MemberRequest, number: int) -> HttpResponse:
    """He has opened the thread in which he was mentioned."""
    read = actions.read_mentions(visible(request, number), by=request.member)
    return JsonResponse({"ok": True, "read": read})


@require_GET
def own(request: MemberRequest) -> HttpResponse:
    """The member's own signs on the rows, for our script."""
    return JsonResponse(own_context(request.member))
