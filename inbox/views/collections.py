"""All that was sent in a conversation, and what is added to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.requests import MemberRequest
from helpdesk.tenancy import acting_in, outside_unit
from inbox.forms import TabForm
from inbox.screens import attachments_context
from inbox.views import files
from inbox.views.answers import visible


@outside_unit
@require_http_methods(["GET", "POST"])
@vary_on_headers("X-Fragment")
def attachments(request: MemberRequest, number: int) -> HttpResponse:
    """All media, files or links of a conversation, as a dialog or a page. A POST uploads,
    which takes its time: therefore the unit of work is opened here."""
    if request.method == "POST":
        return files.upload(request, number)
    with acting_in(request.membership.workspace_id, by=request.member):
        context = attachments_context(visible(request, number), TabForm(request.GET).wish())
        part = "_attachments.html" if request.headers.get("X-Fragment") else "attachments.html"
        return render(request, f"inbox/conversation/{part}", context)
