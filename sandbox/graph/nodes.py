"""Nodes by id: a number, a file; and the account's templates, subscription and token."""

from __future__ import annotations

import base64
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph import media
from sandbox.graph.access import account_of, caller, no_object, number_of, refused
from sandbox.provider import Provider
from sandbox.refusals import GraphError

MOST_TEMPLATES = 5  # of a page, whatever is asked for: who reads one page misses some
SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"]


async def node(request: Request) -> Response:
    """GET and DELETE /{version}/{id}: what the product asks to test its settings, or a file."""
    provider: Provider = request.app.state.provider
    found = provider.library.find(request.path_params["number_id"])
    try:
        if found is None and request.method == "DELETE":
            caller(request, provider)
            raise no_object()
        if found is None:
            return _number(request, provider)
        if request.method == "DELETE":
            return media.removed(request, provider, found)
        return media.described(request, provider, found)
    except GraphError as error:
        return refused(error)


def _number(request: Request, provider: Provider) -> Response:
    if provider.numbers.find(request.path_params["number_id"]) is None:
        caller(request, provider)
    number = number_of(request, provider)
    known = {
        "display_phone_number": "+" + number.display_phone_number,
        "verified_name": number.name,
        "quality_rating": provider.quality.get(number.phone_number_id, "GREEN"),
        "code_verification_status": "VERIFIED",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
    }
    asked = request.query_params.get("fields", ",".join(list(known)[:3])).split(",")
    found = {name: known[name] for name in asked if name in known}
    return JSONResponse({**found, "id": number.phone_number_id})


async def templates(request: Request) -> Response:
    """GET /{version}/{waba_id}/message_templates?fields=&limit=&after=&name=&status="""
    provider: Provider = request.app.state.provider
    try:
        number = account_of(request, provider)
        query = request.query_params
        rows = [row for row in provider.catalogue.of(number.waba_id) if _wanted(row, query)]
        start = _position(query.get("after", ""))
    except GraphError as error:
        return refused(error)
    limit = int(query["limit"]) if query.get("limit", "").isdigit() else MOST_TEMPLATES
    end = start + max(1, min(limit, MOST_TEMPLATES))
    cursors = {"before": _cursor(start), "after": _cursor(end)}
    paging: dict[str, Any] = {"cursors": cursors} if rows[start:end] else {}
    if end < len(rows):
        paging["next"] = str(request.url.include_query_params(after=_cursor(end)))
    fields = query.get("fields", "")
    data = [_only(row, fields) for row in rows[start:end]]
    return JSONResponse({"data": data, "paging": paging} if paging else {"data": data})


async def subscription(request: Request) -> Response:
    """GET, POST and DELETE /{version}/{waba_id}/subscribed_apps"""
    provider: Provider = request.app.state.provider
    try:
        number = account_of(request, provider)
    except GraphError as error:
        return refused(error)
    if request.method == "GET":
        app = {"whatsapp_business_api_data": {"id": "1", "name": "Helpdesk"}}
        off = number.waba_id in provider.unsubscribed
        return JSONResponse({"data": [] if off else [app]})
    if request.method == "POST":
        provider.unsubscribed.discard(number.waba_id)
    else:
        provider.unsubscribed.add(number.waba_id)
    provider.tell("people")
    return JSONResponse({"success": True})


async def debug_token(request: Request) -> Response:
    """GET /{version}/debug_token?input_token="""
    provider: Provider = request.app.state.provider
    token = request.query_params.get("input_token", "")
    known = any(n.access_token == token for n in provider.numbers.all()) and token
    is_valid = bool(known) and not provider.knobs.token_revoked
    found = {"type": "SYSTEM_USER", "is_valid": is_valid, "expires_at": 0, "scopes": SCOPES}
    return JSONResponse({"data": found})


def _wanted(row: dict[str, Any], query: Any) -> bool:
    return all(
        row[name] == query[name]
        for name in ("name", "status", "language", "category")
        if name in query
    )


def _only(row: dict[str, Any], fields: str) -> dict[str, Any]:
    names = {*fields.split(","), "id"}
    return {key: value for key, value in row.items() if key in names} if fields else row


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"at:{position}".encode()).decode()


def _position(cursor: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor).decode().removeprefix("at:") or 0)
    except ValueError as error:
        raise GraphError(100, "Invalid cursors values") from error
