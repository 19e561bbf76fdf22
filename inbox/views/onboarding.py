"""The card "Getting started", and the test customer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions import set_welcome
from accounts.requests import MemberRequest
from helpdesk.errors import Refused
from helpdesk.events import attempt
from inbox import actions


@require_POST
def practise(request: MemberRequest) -> HttpResponse:
    """Let a test customer write; to his conversation if there is one, else to the queue."""
    try:
        with attempt():
            going_on = actions.practise(by=request.member)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("inbox:list")
    if going_on:
        return redirect("inbox:conversation", going_on.number)
    messages.success(request, _("A test customer is writing to you. Accept the conversation."))
    return redirect(f"{reverse('inbox:list')}?view=queue")


@require_POST
def welcome(request: MemberRequest) -> HttpResponse:
    """Put the card away, or take it out again."""
    set_welcome(by=request.member, is_shown="show" in request.POST)
    return redirect("inbox:list")
