"""Files on their way out, to who may see their conversation.

What customers and agents upload is never shown by its own bytes: it comes as a download, in
a sandbox, with the type that its bytes have. Only pictures that we made are shown in place.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import IO, Literal
from urllib.parse import quote
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from accounts.models import Member
from inbox import queries
from inbox.attachments.ranges import slice_of
from inbox.models import Attachment

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def file_answer(request: HttpRequest, member: Member, uuid: UUID) -> HttpResponseBase:
    """A file for a member, as a download, or the range of it that the request asks for."""
    found = _visible(member, uuid)
    name = found.name or f"{found.kind}-{found.pk}"
    return _served(request, str(found.file.name), found.content_type, found.size, download=name)


def _visible(member: Member, uuid: UUID) -> Attachment:
    found = queries.file_for(member, uuid)
    if found is None or found.state != Attachment.State.STORED:
        raise Http404
    return found


def picture_answer(
    request: HttpRequest, member: Member, uuid: UUID, size: Literal["thumb", "view"]
) -> HttpResponseBase:
    """Our picture of a file, for a member; 404 where there is none."""
    picture = getattr(_visible(member, uuid), size)
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
