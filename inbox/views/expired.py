"""Resolve all expired (F36): a dialog with the channels, and the work in small units."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.requests import MemberRequest
from helpdesk.tenancy import acting_in, outside_unit
from inbox import actions, queries
from inbox.forms.expired import ExpiredForm

BUDGET_SECONDS = 15


@outside_unit
@require_http_methods(["GET", "POST"])
@vary_on_headers("X-Fragment")
def resolve_expired(request: MemberRequest) -> HttpResponse:
    """The question, with numbers; and the answer. What cannot be done in some seconds is left
    for a second time, and said so by the list itself."""
    workspace_id = request.membership.workspace_id
    with acting_in(workspace_id, by=request.member):
        request.member.require("inbox.resolve_expired")
        found = queries.expired_by_channel(request.member)
        given = request.POST if request.method == "POST" else None
        form = ExpiredForm(given, channels=[row.channel for row in found])
        if not form.is_valid():
            part = bool(request.headers.get("X-Fragment"))
            template = "_expired.html" if part else "expired.html"
            status = 422 if form.is_bound else 200
            context = {"found": found, "form": form}
            return render(request, f"inbox/conversation/{template}", context, status=status)
    count = _resolved(request, workspace_id, form)
    done = ngettext(
        "%(n)d expired conversation resolved.", "%(n)d expired conversations resolved.", count
    )
    messages.success(request, done % {"n": count})
    return redirect(f"{reverse('inbox:list')}?view=expired")


def _resolved(request: MemberRequest, workspace_id: int, form: ExpiredForm) -> int:
    until, total = time.monotonic() + BUDGET_SECONDS, 0
    while time.monotonic() < until:
        with acting_in(workspace_id, by=request.member):
            count = actions.resolve_expired(by=request.member, **form.wish())
        total += count
        if not count:
            break
    return total
