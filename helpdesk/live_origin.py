"""Where the page finds its sockets."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

HERE = {"127.0.0.1", "localhost", "[::1]"}


def live_origin(request: HttpRequest) -> str:
    """`settings.LIVE_ORIGIN` (``ws://host:port``); blank means the page's own host.

    On one machine the page may be open under another name of it than the setting says:
    then the socket takes the page's name, since the session cookie knows only that.
    """
    scheme = "wss" if request.is_secure() else "ws"
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if not settings.LIVE_ORIGIN:
        return f"{scheme}://{request.get_host()}"
    parts = urlsplit(settings.LIVE_ORIGIN)
    if parts.hostname in HERE and host in HERE:
        return f"{parts.scheme}://{host}:{parts.port}"
    return str(settings.LIVE_ORIGIN)


def sources(request: HttpRequest) -> list[str]:
    """The same for the Content Security Policy: the socket, and the long poll beside it."""
    origin = live_origin(request)
    http = origin.replace("wss://", "https://").replace("ws://", "http://")
    return [origin, http]
