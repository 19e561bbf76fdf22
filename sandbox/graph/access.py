"""Who may call, and how a refusal looks."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.refusals import MISSING, USAGE, GraphError

REGAINED_AFTER = 1  # minutes


def number_of(request: Request, provider: Provider) -> Number:
    """The number in the path, whose token was given; raises `GraphError`."""
    _check_service(provider)
    number = provider.numbers.find(request.path_params["number_id"])
    given = request.headers.get("authorization", "")
    if number is None:
        raise GraphError(190) if not given else no_object()
    if not number.access_token or given != f"Bearer {number.access_token}":
        raise GraphError(190)
    return number


def caller(request: Request, provider: Provider) -> list[Number]:
    """Every number that the given token may speak for; raises `GraphError` for none."""
    _check_service(provider)
    kind, _space, token = request.headers.get("authorization", "").partition(" ")
    found = [n for n in provider.numbers.all() if n.access_token and n.access_token == token]
    if kind != "Bearer" or not found:
        raise GraphError(190)
    return found


def account_of(request: Request, provider: Provider) -> Number:
    """A number of the business account in the path, whose token was given."""
    waba_id = request.path_params["number_id"]
    for number in caller(request, provider):
        if number.waba_id == waba_id:
            return number
    raise no_object()


def no_object() -> GraphError:
    """As the provider answers for what is not there, or is somebody else's."""
    return GraphError(100, "The object does not exist, or you may not see it.", subcode=MISSING)


def refused(error: GraphError, waba_id: str = "0") -> JSONResponse:
    """The error as an answer; some say in a header when to come back."""
    headers = {}
    if error.code in USAGE:
        usage = {"type": "whatsapp", "estimated_time_to_regain_access": REGAINED_AFTER}
        headers["X-Business-Use-Case-Usage"] = json.dumps({waba_id: [usage]})
    return JSONResponse(error.body(), error.status, headers)


async def json_of(request: Request) -> dict[str, Any]:
    """The JSON object of the request, for WhatsApp; raises `GraphError`."""
    try:
        body = await request.json()
    except (ValueError, RecursionError) as error:
        raise GraphError(100, "The body is not JSON") from error
    if not isinstance(body, dict) or body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    return body


def _check_service(provider: Provider) -> None:
    if provider.knobs.offline:
        raise GraphError(2)
    if provider.knobs.token_revoked:
        raise GraphError(190, subcode=460)
