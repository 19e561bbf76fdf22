"""The URLs of the live process."""

from __future__ import annotations

from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import re_path

from activity.live.consumers import LivePoll, LiveSocket

SLUG = r"^w/(?P<slug>[a-z0-9-]{1,40})/live/"

_sockets: list[Any] = [re_path(SLUG + "$", LiveSocket.as_asgi())]
_pages: Any = get_asgi_application()
_http: list[Any] = [re_path(SLUG + "poll$", LivePoll.as_asgi()), re_path(r"^", _pages)]


async def _close(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "websocket.close", "code": 4404})


_no_such_socket: Any = _close
_sockets.append(re_path(r"^", _no_such_socket))

application = ProtocolTypeRouter({"http": URLRouter(_http), "websocket": URLRouter(_sockets)})
