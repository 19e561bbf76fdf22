"""Doors of files: in with an upload, out to who may see the conversation (`inbox.serving`)."""

from __future__ import annotations

from typing import IO, Any, cast
from uuid import UUID

from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import MemberRequest
from helpdesk.errors import Refused
from helpdesk.problems import wants_json
from helpdesk.tenancy import acting_in, outside_unit
from inbox import actions, queries
from inbox.attachments.storing import LARGEST_FILE, forget, keep
from inbox.models import Attachment
from inbox.serving import file_answer, picture_answer
from inbox.views.answers import visible


@require_GET
def attachment(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    """The file itself, as a download; players ask for ranges of it."""
    return file_answer(request, request.member, uuid)


@require_GET
def view(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    """Our picture of it, large."""
    return picture_answer(request, request.member, uuid, "view")


@require_GET
def thumb(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    """Our picture of it, small."""
    return picture_answer(request, request.member, uuid, "thumb")


@outside_unit
@require_POST
def upload(request: MemberRequest, number: int) -> HttpResponse:
    """Take a file for a reply: looked at and stored outside any transaction, since that may
    take long; the rights are checked before and again with the row."""
    workspace_id = request.membership.workspace_id
    with acting_in(workspace_id):
        request.member.require("inbox.reply", visible(request, number))
    given = request.FILES.get("file")
    if given is None:
        return JsonResponse({"code": "no_file", "message": _("Choose a file.")}, status=422)
    if (given.size or 0) > LARGEST_FILE:
        told = _("This file is too large: at most %(most)d MB.") % {"most": LARGEST_FILE // 10**6}
        return JsonResponse({"code": "too_large", "message": told}, status=413)
    kept = keep(cast(IO[bytes], given.file), given.name or "", workspace_id)
    try:
        with acting_in(workspace_id, by=request.member):
            row = actions.add_upload(visible(request, number), by=request.member, kept=kept)
            answer = {"ok": True, "attachment": upload_facts(row)}
    except Refused as refused:
        forget(kept)
        status = 413 if refused.code == "too_large" else 422
        return JsonResponse({"code": refused.code, "message": str(refused.message)}, status=status)
    except BaseException:
        forget(kept)
        raise
    return JsonResponse(answer)


def upload_facts(row: Attachment) -> dict[str, Any]:
    """What the composer shows of an upload."""
    return {
        "uuid": str(row.uuid),
        "name": row.name,
        "kind": row.kind,
        "size": row.size,
        "content_type": row.content_type,
        "has_thumb": bool(row.thumb),
    }


@require_POST
def discard(request: MemberRequest, number: int, uuid: UUID) -> HttpResponse:
    """Remove an upload that is not sent after all."""
    conversation = visible(request, number)
    found = queries.upload_of(request.member, conversation, uuid)
    if found:
        actions.discard_upload(found, by=request.member)
    if wants_json(request):
        return JsonResponse({"ok": True})
    return redirect("inbox:conversation", number)


@require_POST
def fetch_again(request: MemberRequest, number: int, uuid: UUID) -> HttpResponse:
    """Ask the provider once more for a file that could not be fetched."""
    found = visible(request, number).attachments.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    actions.fetch_again(found, by=request.member)
    if wants_json(request):
        return JsonResponse({"ok": True})
    return redirect("inbox:conversation", number)
