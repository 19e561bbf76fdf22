"""Doors of files: in with an upload, out to who may see the conversation.

What customers and agents upload is never shown by its own bytes: it comes as a download, in
a sandbox, with the type that its bytes have. Only pictures that we made are shown in place.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import IO, Any, cast
from urllib.parse import quote
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Member
from accounts.requests import MemberRequest
from helpdesk.errors import Refused
from helpdesk.problems import wants_json
from helpdesk.tenancy import acting_in, outside_unit
from inbox import actions, queries
from inbox.attachments.ranges import slice_of
from inbox.attachments.storing import forget, keep
from inbox.drains.fetching import LARGEST_FILE
from inbox.models import Attachment
from inbox.views.answers import visible

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_GET
def attachment(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    """The file itself, as a download; players ask for ranges of it."""
    return attachment_response(request, request.member, uuid)


@require_GET
def view(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    """Our picture of it, large."""
    return _picture(request, _visible(request.member, uuid).view)


@require_GET
def thumb(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    """Our picture of it, small."""
    return _picture(request, _visible(request.member, uuid).thumb)


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


def attachment_response(request: HttpRequest, member: Member, uuid: UUID) -> HttpResponseBase:
    """A file for a member, as a download, or the range of it that the request asks for."""
    found = _visible(member, uuid)
    name = found.name or f"{found.kind}-{found.pk}"
    return _served(request, str(found.file.name), found.content_type, found.size, download=name)


def _visible(member: Member, uuid: UUID) -> Attachment:
    found = queries.file_for(member, uuid)
    if found is None or found.state != Attachment.State.STORED:
        raise Http404
    return found


def _picture(request: MemberRequest, picture: Any) -> HttpResponseBase:
    if not picture:
        raise Http404
    return _served(request, str(picture.name), "image/webp", 0)


def _served(
    request: HttpRequest, key: str, content_type: str, size: int, download: str = ""
) -> HttpResponseBase:
    """Its bytes never change, so a browser may keep them, but it asks every time whether it
    still may show them: sight can be lost, and messages are taken back."""
    tag = quote_etag(PurePosixPath(key).name)
    known = get_conditional_response(request, etag=tag)
    if known is not None:
        return _protected(known, tag)
    try:
        content: IO[bytes] = default_storage.open(key, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    wanted = slice_of(request.headers.get("Range", ""), size) if size else None
    answer = FileResponse(wanted.read(content) if wanted else content, content_type=content_type)
    if download:
        plain = quote(download, safe="")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{plain}"
        answer.headers["Accept-Ranges"] = "bytes"
    if wanted:
        answer._resource_closers.append(content.close)  # type: ignore[attr-defined]
        answer.status_code = 206
        answer.headers["Content-Range"] = wanted.header
        answer.headers["Content-Length"] = str(wanted.length)
    return _protected(answer, tag)


def _protected(answer: HttpResponseBase, tag: str) -> HttpResponseBase:
    for header, value in HEADERS.items():
        answer.headers[header] = value
    answer.headers["ETag"] = tag
    patch_cache_control(answer, private=True, no_cache=True)
    return answer
