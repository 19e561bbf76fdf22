"""Putting a conversation aside until a time, and bringing it back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.requests import MemberRequest
from helpdesk.problems import problem, wants_json
from inbox import actions
from inbox.forms.snoozing import LIES_AHEAD, SnoozeForm
from inbox.screens.snoozing import begin_of, snooze_context
from inbox.views.answers import answer, visible


@require_http_methods(["GET", "POST"])
@vary_on_headers("X-Fragment")
def snooze(request: MemberRequest, number: int) -> HttpResponse:
    """Until when, as a dialog or a page; and the snooze."""
    conversation = visible(request, number)
    given = request.POST if request.method == "POST" else None
    form = SnoozeForm(given, begin=begin_of(request.member))
    if form.is_valid():
        aside = actions.snooze(conversation, by=request.member, **form.cleaned_data)
        return answer(request, aside)
    if form.is_bound and wants_json(request):
        return problem(request, 422, "no_time", str(LIES_AHEAD))
    is_part = bool(request.headers.get("X-Fragment"))
    template = "_snooze.html" if is_part else "snooze.html"
    context = {"conversation": conversation, "form": form, **snooze_context(request.member)}
    status = 422 if form.is_bound else 200
    return render(request, f"inbox/conversation/{template}", context, status=status)


@require_POST
def wake(request: MemberRequest, number: int) -> HttpResponse:
    """Bring it back now."""
    return answer(request, actions.wake(visible(request, number), by=request.member))
