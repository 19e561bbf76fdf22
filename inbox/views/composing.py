"""What the composer sends: replies of every kind, templates, and that one is being written."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.requests import MemberRequest
from helpdesk.doorbells import tell_once
from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.forms import EXTRAS, ChosenForm, ReplyForm, SentForm, TemplateForm
from inbox.models import Attachment, Conversation
from inbox.screens import composer, template_context
from inbox.views.answers import answer, message_in, named, visible

TYPING_SECONDS = 10  # the customer sees it for 25


@require_POST
def reply(request: MemberRequest, number: int) -> HttpResponse:
    """Answer the customer: with words, a file, or one of the kinds in `EXTRAS`."""
    conversation = named(request, number)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given = form.cleaned_data
    words: dict[str, Any] = {"text": given["text"], "client_id": given["client_id"]}
    if given["kind"] in EXTRAS:
        words |= {"kind": given["kind"], "data": form.content()}
    if given["attachment"]:
        file = _upload(conversation, given["attachment"])
        words |= {"kind": file.kind, "attachment": file}
    if given["reply_to"]:
        words["quoting"] = message_in(conversation, given["reply_to"])
    words |= SentForm(request.POST).facts()
    message = actions.send_reply(conversation, by=request.member, **words)
    version = queries.draft_version(request.member, conversation, "reply")
    return answer(request, message.conversation, message, conversation, draft=version)


@require_http_methods(["GET", "POST"])
@vary_on_headers("X-Fragment")
def template_send(request: MemberRequest, number: int) -> HttpResponse:
    """The picker of message templates, as a dialog or a page; and the sending of one."""
    conversation = visible(request, number)
    if request.method == "GET":
        part = "_templates.html" if request.headers.get("X-Fragment") else "templates.html"
        context = template_context(conversation, ChosenForm(request.GET).template_id())
        return render(request, f"inbox/compose/{part}", context)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given = form.cleaned_data
    rows = queries.templates_of(conversation.channel)
    template = get_object_or_404(rows, pk=given["template"])
    words: dict[str, Any] = {"template": template, "values": form.values()}
    words["seen"] = SentForm(request.POST).facts().get("seen")
    if given["attachment"]:
        words["attachment"] = _upload(conversation, given["attachment"])
    message = actions.send_template(
        conversation, by=request.member, client_id=given["client_id"], **words
    )
    return answer(request, message.conversation, message)


@require_GET
@vary_on_headers("X-Fragment")
def extra(request: MemberRequest, number: int, kind: str) -> HttpResponse:
    """The form of a location, of buttons or of a list, as a dialog or a page."""
    conversation = visible(request, number)
    if kind not in EXTRAS:
        raise Http404
    state = composer(request.member, conversation)
    if kind not in state["can"]:
        raise Refused("not_now", state["refusal"])
    context = {"conversation": conversation, "kind": kind, "composer": state}
    part = f"_{kind}.html" if request.headers.get("X-Fragment") else "extra.html"
    return render(request, f"inbox/compose/{part}", context)


@require_POST
def typing(request: MemberRequest, number: int) -> HttpResponse:
    """A reply is being written: the customer may be told. Best effort."""
    conversation = visible(request, number)
    request.member.require("inbox.reply", conversation)
    if "typing" in composer(request.member, conversation)["can"]:
        tell_once(
            TYPING_SECONDS, "inbox.send_signal", conversation.workspace_id, conversation.pk, True
        )
    return HttpResponse(status=204)


def _upload(conversation: Conversation, uuid: Any) -> Attachment:
    """A file that was uploaded here, sent already or not: the action knows a repeated send."""
    file: Attachment = get_object_or_404(conversation.attachments, uuid=uuid)
    return file
