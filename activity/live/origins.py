"""Which pages may open sockets: the configured origins, never the Host header."""

from __future__ import annotations

from typing import Any

from django.conf import settings


def header(scope: dict[str, Any], name: bytes) -> str:
    """A request header of an ASGI scope, or ''."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def origin_allowed(scope: dict[str, Any]) -> bool:
    """A missing origin is refused like a foreign one."""
    return header(scope, b"origin") in settings.PUBLIC_ORIGINS


def session_key(scope: dict[str, Any]) -> str:
    """The session cookie; cookies do not know ports, so it comes here too."""
    from http.cookies import CookieError, SimpleCookie

    try:
        morsel = SimpleCookie(header(scope, b"cookie")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
