"""The webhook door: raw bytes in, signature checked, rows committed, and only then 200."""

from __future__ import annotations

import logging
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from helpdesk.doorbells import ring
from helpdesk.prepared import prepared
from helpdesk.tenancy import acting_in
from inbox import actions
from inbox.channels import Adapter, BadSignature, Part, Unparsable, adapter_for, kinds
from inbox.models import Channel

log = logging.getLogger("helpdesk.hooks")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """One channel's address at a provider. An unknown address is a 404, a wrong signature a
    401 that writes nothing; everything that is signed is kept and answered with 200."""
    workspace_id, channel_id = _found(kind, token)
    adapter = adapter_for(kind)
    try:
        with acting_in(workspace_id):
            (channel,) = _channel(channel_id)
            if request.method == "GET":
                return _handshake(adapter, request, channel)
            strays = _store(adapter, request, channel)
    except BadSignature:
        log.warning("bad signature", extra={"fields": {"channel": channel_id}})
        return HttpResponse(status=401)
    for part in strays:
        actions.store_stray(kind, part.account_id, part.body)
    ring("inbox.process_inbound", workspace_id)
    return HttpResponse("ok", content_type="text/plain")


def _found(kind: str, token: str) -> tuple[int, int]:
    """The one look-up of this door: workspace and channel behind an unguessable token."""
    if kind not in kinds():
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM hd_channel_by_token(%s, %s)", [kind, token])
        row = cursor.fetchone()
    if row is None:
        raise Http404
    return int(row[0]), int(row[1])


@prepared
def _channel(pk: Any) -> QuerySet[Channel]:
    return Channel.objects.filter(pk=pk)


def _handshake(adapter: Adapter, request: HttpRequest, channel: Channel) -> HttpResponse:
    answer = adapter.handshake(request, channel)
    if answer is None:
        return HttpResponse(status=403)
    return HttpResponse(answer, content_type="text/plain")


def _store(adapter: Adapter, request: HttpRequest, channel: Channel) -> list[Part]:
    """Keep every part; those of accounts that are not connected here are returned."""
    body = request.body
    adapter.verify(request.headers, body, channel)
    try:
        parts = list(adapter.split(body))
    except Unparsable:
        parts = [Part(channel.account_id, body)]
    strays = []
    for part in parts:
        owner = _owner(adapter, request, channel, part)
        if owner is None:
            strays.append(part)
        else:
            actions.store_part(owner, part.body)
    return strays


def _owner(adapter: Adapter, request: HttpRequest, channel: Channel, part: Part) -> Channel | None:
    """The channel of a part: this one, or another of the *same* workspace for which the
    same signature holds. A workspace can sign nothing for another one's account."""
    if part.account_id in ("", channel.account_id):
        return channel
    others = Channel.objects.filter(kind=channel.kind, account_id=part.account_id)
    for other in others.exclude(state=Channel.State.DISCONNECTED):
        try:
            adapter.verify(request.headers, request.body, other)
        except BadSignature:
            continue
        return other
    return None
