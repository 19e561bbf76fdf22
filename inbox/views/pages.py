"""What may be looked at."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from accounts.requests import MemberRequest
from activity.queries import cursor
from inbox import queries
from inbox.forms import BeforeForm, listing
from inbox.screens import (
    list_context,
    messages_context,
    notices_context,
    page_context,
    rows_context,
    thread_context,
    welcome_context,
)
from inbox.views.answers import visible


@require_GET
@vary_on_headers("X-Fragment")
def show_list(request: MemberRequest) -> HttpResponse:
    """The inbox with no conversation open; or, for our script, its rows alone."""
    wish = listing(request)
    if request.headers.get("X-Fragment") == "rows":
        rows = rows_context(request.member, wish)
        return render(request, "inbox/conversation/_rows.html", rows)
    context = page_context(request, cursor())  # first: the feed repeats what the list may miss
    context |= list_context(request.member, wish) | welcome_context(request.member)
    return render(request, "inbox/conversation/page.html", context)


@require_GET
def show_notices(request: MemberRequest) -> HttpResponse:
    """What stands above the list and the thread: channels that need somebody. For our script."""
    return render(request, "inbox/conversation/_notices.html", notices_context(request.member))


@require_GET
@vary_on_headers("X-Fragment")
def show_conversation(request: MemberRequest, number: int) -> HttpResponse:
    """The inbox with a conversation open, at its end or before a message; or, for our script,
    these older messages alone."""
    conversation = visible(request, number)
    before = BeforeForm(request.GET).message()
    if request.headers.get("X-Fragment") == "older":
        older = messages_context(conversation, before)
        return render(request, "inbox/conversation/_log.html", older)
    context = page_context(request, cursor())
    context |= list_context(request.member, listing(request))
    context |= thread_context(request.member, conversation, before)
    return render(request, "inbox/conversation/page.html", context)


@require_GET
def show_thread(request: MemberRequest, number: int) -> HttpResponse:
    """One conversation, for our script to put into the page."""
    context = thread_context(request.member, visible(request, number))
    return render(request, "inbox/conversation/_thread.html", context)


@require_GET
def show_counts(request: MemberRequest) -> HttpResponse:
    """The numbers on the tabs."""
    return JsonResponse(queries.counts(request.member))
