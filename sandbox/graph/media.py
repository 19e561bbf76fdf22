"""Files by the Graph API: up, where they lie, down, away."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from sandbox.graph.access import caller, no_object, number_of, refused
from sandbox.library import LIMITS, UPLOAD_LIVES, Media, bare, kind_of
from sandbox.provider import Provider
from sandbox.refusals import GraphError

PATH = "/whatsapp_business/attachments/"
KEY = secrets.token_bytes(16)  # signs the addresses of files, for this run
STARTS = {  # the first bytes of what is easily told apart
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG",
    "application/pdf": b"%PDF",
    "audio/ogg": b"OggS",
}


async def upload(request: Request) -> Response:
    """POST /{version}/{phone_number_id}/media: multipart messaging_product, type, file."""
    provider: Provider = request.app.state.provider
    try:
        number = number_of(request, provider)
        _fail_if_asked(provider)
        file, content_type = await _file_of(request)
        await _check(file, content_type)
    except GraphError as error:
        return refused(error)
    media = await asyncio.to_thread(
        provider.library.keep,
        file.file,
        number.phone_number_id,
        content_type,
        file.filename or "",
        UPLOAD_LIVES,
    )
    return JSONResponse({"id": media.id})


def described(request: Request, provider: Provider, media: Media) -> Response:
    """GET /{version}/{media_id}: where the bytes lie for the next minutes."""
    _fail_if_asked(provider)
    _check_caller(request, provider, media)
    until = int(time.time()) + provider.knobs.media_url_seconds
    query = f"mid={media.id}&source=getMedia&ext={until}&hash={_signature(media.id, until)}"
    return JSONResponse(
        {
            "messaging_product": "whatsapp",
            "url": f"{str(request.base_url).rstrip('/')}{PATH}?{query}",
            "mime_type": media.content_type,
            "sha256": media.digest.hex(),
            "file_size": str(media.size),
            "id": media.id,
        }
    )


def removed(request: Request, provider: Provider, media: Media) -> Response:
    """DELETE /{version}/{media_id}"""
    _check_caller(request, provider, media)
    provider.library.remove(media.id)
    return JSONResponse({"success": True})


async def download(request: Request) -> Response:
    """GET the address of a file: 401 without the token, 404 once it has expired."""
    provider: Provider = request.app.state.provider
    query = request.query_params
    media = provider.library.find(query.get("mid", ""))
    try:
        _fail_if_asked(provider)
        numbers = caller(request, provider)
    except GraphError as error:
        return refused(error)
    until = int(query["ext"]) if query.get("ext", "").isdigit() else 0
    signed = hmac.compare_digest(query.get("hash", ""), _signature(query.get("mid", ""), until))
    if media is None or not signed or time.time() >= until or provider.knobs.media_gone:
        raise HTTPException(404, "Not found")
    if media.owner not in {number.phone_number_id for number in numbers}:
        raise HTTPException(404, "Not found")
    if provider.knobs.take("media_cut_next"):
        provider.tell("knobs")
        headers = {"Content-Length": str(media.size), "Content-Type": media.content_type}
        return StreamingResponse(_half(media), headers=headers)
    return FileResponse(media.path, media_type=media.content_type)


async def _half(media: Media) -> AsyncIterator[bytes]:
    yield media.path.read_bytes()[: media.size // 2]
    raise ConnectionAbortedError("Cut on purpose")


def _fail_if_asked(provider: Provider) -> None:
    if provider.knobs.take("media_fail_next"):
        provider.tell("knobs")
        raise GraphError(provider.knobs.fail_code)


def _check_caller(request: Request, provider: Provider, media: Media) -> None:
    asked = request.query_params.get("phone_number_id", media.owner)
    owners = {number.phone_number_id for number in caller(request, provider)}
    if media.owner not in owners or asked != media.owner or provider.knobs.media_gone:
        raise no_object()


async def _file_of(request: Request) -> tuple[UploadFile, str]:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise GraphError(100, "The file must be sent as multipart/form-data.")
    try:
        form: Any = await request.form()
    except HTTPException as error:
        raise GraphError(100, str(error.detail)) from error
    if form.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise GraphError(100, "The parameter file is required.")
    return file, bare(form.get("type") or file.content_type or "")


async def _check(file: UploadFile, content_type: str) -> None:
    kind = kind_of(content_type)
    if kind is None:
        raise GraphError(
            100, f"Param file must be a file of a supported type. Received {content_type}."
        )
    if not file.size:
        raise GraphError(100, "Param file must not be empty.")
    if file.size > LIMITS[kind][1]:
        raise GraphError(131053, f"{kind} must be at most {LIMITS[kind][1]} bytes.")
    start = await file.read(8)
    await file.seek(0)
    if not start.startswith(STARTS.get(content_type, b"")):
        raise GraphError(131053, f"The file is not {content_type}.")


def _signature(media_id: str, until: int) -> str:
    return hmac.new(KEY, f"{media_id}/{until}".encode(), hashlib.sha256).hexdigest()
