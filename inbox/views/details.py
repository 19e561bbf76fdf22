"""The customer's details, edited in place: for our script."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from accounts.requests import MemberRequest
from inbox import actions
from inbox.forms import ContactForm, DetailForm
from inbox.templatetags.inbox_look import phone
from inbox.views.answers import answer, visible


@require_POST
def edit_contact(request: MemberRequest, number: int) -> HttpResponse:
    """Set one field of the contact."""
    conversation = visible(request, number)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _wrong(form)
    wish = form.cleaned_data
    conversation.contact = actions.edit_contact(conversation, by=request.member, **wish)
    shown = phone(wish["value"]) if wish["field"] == "phone" else wish["value"]
    return answer(request, conversation, value=wish["value"], shown=shown)


@require_POST
def set_detail(request: MemberRequest, number: int) -> HttpResponse:
    """Add, change or remove a row of additional information."""
    conversation = visible(request, number)
    form = DetailForm(request.POST)
    if not form.is_valid():
        return _wrong(form)
    actions.set_contact_detail(conversation, by=request.member, **form.wish())
    return answer(request, conversation)


def _wrong(form: Form) -> HttpResponse:
    messages = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"code": "invalid", "message": " ".join(messages)}, status=422)
