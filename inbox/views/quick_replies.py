"""Quick replies: the list at the caret, and the pages of the settings."""

from __future__ import annotations

import logging
from typing import IO, Any, cast

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Member
from accounts.requests import MemberRequest
from helpdesk.errors import Refused
from helpdesk.events import attempt
from helpdesk.tenancy import acting_in, outside_unit
from inbox import actions, queries
from inbox.attachments.storing import LARGEST_FILE, Kept, forget, forget_keys, keep
from inbox.filling import VARIABLES
from inbox.forms import ListForm
from inbox.forms.quick_replies import QuickReplyForm, initial_of
from inbox.models import Attachment, QuickReply
from inbox.screens.drafts import kept_file
from inbox.views.answers import visible

log = logging.getLogger("helpdesk.inbox")
either = require_http_methods(["GET", "POST"])


@require_GET
def find(request: MemberRequest) -> HttpResponse:
    """Those that fit what was typed after the slash."""
    rows = queries.found_quick_replies(request.member, ListForm(request.GET).wish()["q"])
    found = [
        {
            "id": row.pk,
            "label": f"/{row.shortcut}",
            "detail": row.title,
            "text": row.text[:300],
            "has_file": bool(row.file),
        }
        for row in rows
    ]
    return JsonResponse({"found": found})


@outside_unit
@require_POST
def use(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    """Its text, filled in for this conversation, and its file as an upload that waits to be
    sent. The bytes are copied outside any transaction."""
    workspace_id = request.membership.workspace_id
    with acting_in(workspace_id, by=request.member):
        conversation = visible(request, number)
        reply = _usable(request.member, pk)
        text = actions.use_quick_reply(reply, conversation, by=request.member)
    file, problem = None, ""
    if reply.file and request.POST.get("mode") != "note":
        file, problem = _file_of(request, number, reply)
    return JsonResponse({"ok": True, "text": text, "file": file, "problem": problem})


def _file_of(
    request: MemberRequest, number: int, reply: QuickReply
) -> tuple[dict[str, Any] | None, str]:
    """The upload, or why there is none: the words are of use without it."""
    try:
        return kept_file(_upload(request, number, reply)), ""
    except Refused as refused:
        return None, str(refused.message)
    except FileNotFoundError:
        return None, _("The file of this quick reply is not there any more.")
    except OSError:  # the storage, whatever it is
        log.exception("quick reply", extra={"fields": {"reply": reply.pk}})
        return None, _("The file of this quick reply cannot be had just now.")


def _usable(member: Member, pk: int) -> QuickReply:
    return get_object_or_404(queries.quick_replies_for(member), pk=pk, is_active=True)


def _upload(request: MemberRequest, number: int, reply: QuickReply) -> Attachment:
    workspace_id = request.membership.workspace_id
    with default_storage.open(reply.file, "rb") as content:
        kept = keep(cast(IO[bytes], content), reply.file_name, workspace_id)
    try:
        with acting_in(workspace_id, by=request.member):
            conversation = visible(request, number)
            return actions.add_upload(conversation, by=request.member, kept=kept)
    except BaseException:
        forget(kept)
        raise


@either
def quick_replies(request: MemberRequest) -> HttpResponse:
    """All that he may use, and a form for a new one."""
    form = QuickReplyForm(request.POST or None, member=request.member)
    if form.is_valid():
        made = _saved(form, None, request.member)
        if made:
            messages.success(request, _("The quick reply was created."))
            return redirect("quick-replies:reply", made.pk)
    rows = queries.editable_quick_replies(request.member)
    return _page(request, "quick_replies.html", form, rows=rows)


@either
def quick_reply(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them; a form for who may change it."""
    shown = get_object_or_404(queries.editable_quick_replies(request.member), pk=pk)
    request.member.require("inbox.edit_quick_reply", shown)
    form = QuickReplyForm(request.POST or None, member=request.member, initial=initial_of(shown))
    if form.is_valid() and _saved(form, shown, request.member):
        messages.success(request, _("Saved."))
        return redirect("quick-replies:list")
    return _page(request, "quick_reply.html", form, shown=shown)


@require_POST
def activity(request: MemberRequest, pk: int) -> HttpResponse:
    """Put one away, or bring it back."""
    shown = get_object_or_404(queries.editable_quick_replies(request.member), pk=pk)
    actions.set_quick_reply_activity(shown, by=request.member, is_active=not shown.is_active)
    messages.success(request, _("Saved."))
    return redirect("quick-replies:list")


@outside_unit
@require_POST
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove one, and then its file."""
    with acting_in(request.membership.workspace_id, by=request.member):
        shown = get_object_or_404(queries.editable_quick_replies(request.member), pk=pk)
        key = actions.delete_quick_reply(shown, by=request.member)
    forget_keys([key])
    messages.success(request, _("The quick reply was deleted."))
    return redirect("quick-replies:list")


@outside_unit
@require_POST
def file(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a file to one, or (with none) take its file away."""
    workspace_id = request.membership.workspace_id
    with acting_in(workspace_id, by=request.member):
        shown = get_object_or_404(queries.editable_quick_replies(request.member), pk=pk)
        request.member.require("inbox.edit_quick_reply", shown)
    given = request.FILES.get("file")
    if given is not None and not 0 < (given.size or 0) <= LARGEST_FILE:
        messages.error(request, _("Choose a file that is not empty, of at most 100 MB."))
        return redirect("quick-replies:reply", pk)
    kept: Kept | None = None
    if given is not None:
        kept = keep(cast(IO[bytes], given.file), given.name or "", workspace_id)
        forget_keys([kept.thumb, kept.view])
    try:
        with acting_in(workspace_id, by=request.member):
            before = actions.set_quick_reply_file(shown, by=request.member, kept=kept)
    except BaseException:
        if kept:
            forget_keys([kept.file])
        raise
    forget_keys([before])
    messages.success(request, _("Saved."))
    return redirect("quick-replies:reply", pk)


def _saved(form: QuickReplyForm, reply: QuickReply | None, by: Member) -> QuickReply | None:
    """What was saved; None if it was refused: then the form says why."""
    try:
        with attempt():
            return actions.save_quick_reply(reply, by=by, **form.facts)
    except Refused as refused:
        field = "shortcut" if refused.code == "shortcut_taken" else "text"
        form.add_error(field, str(refused.message))
        return None


def _page(
    request: MemberRequest, template: str, form: QuickReplyForm, **context: Any
) -> HttpResponse:
    context |= {"form": form, "section": "settings", "variables": list(VARIABLES)}
    status = 422 if form.errors else 200
    return render(request, f"settings/{template}", context, status=status)
