"""What happens to every request before and after its view."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import set_script_prefix
from django.utils.translation import gettext as _

from helpdesk.live_origin import sources

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("helpdesk.requests")
PREFIX = re.compile(r"^/w/(?P<slug>[a-z0-9-]{1,40})(?P<rest>/.*)$")


class RequestLog:
    """One line per request, with an id that error pages show; never a query string or body."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Time it, and write it down."""
        request.request_id = secrets.token_hex(6)  # type: ignore[attr-defined]
        path, started = request.path, time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        if not path.startswith(("/static/", "/health/")):
            fields = {
                "method": request.method,
                "path": _loggable(path),
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
                "request_id": request.request_id,  # type: ignore[attr-defined]
            }
            log.info("request", extra={"fields": fields})
        return response


def _loggable(path: str) -> str:
    """Doors whose path is a secret are logged without it."""
    return re.sub(r"(/hooks/[a-z]+/|/invitation/|/password/reset/key/)[^/]+", r"\1***", path)


class SecurityHeaders:
    """Content Security Policy without exceptions, and no shared caching of what is private."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that the answer does not set itself."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", content_security_policy(request))
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def content_security_policy(request: HttpRequest) -> str:
    """Own scripts and styles only; sockets to the live process only."""
    try:
        connect = " ".join(["'self'", *sources(request)])
    except DisallowedHost:
        connect = "'self'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; media-src 'self'; connect-src {connect}; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    )


class BodyLimit:
    """No body is read that is longer than any door takes: 413 before a byte of it. A body of
    unknown length counts as none, as WSGI has it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Judge by the announced length."""
        length = request.headers.get("Content-Length") or "0"
        if length.isdigit() and int(length) > settings.LARGEST_BODY:
            most = settings.LARGEST_BODY // 1_000_000
            told = _("This is too large: at most %(most)d MB.") % {"most": most}
            return JsonResponse({"code": "too_large", "message": told}, status=413)
        return self.get_response(request)


class WorkspacePrefix:
    """Moves `/w/<slug>` from the path into the script prefix, so that no view and no
    template ever mentions the tenant, and chooses the workspace's pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set prefix and URLs for this request, and take them back after it."""
        match = PREFIX.match(request.path_info)
        if match:
            request.workspace_slug = match["slug"]  # type: ignore[attr-defined]
            request.path_info = match["rest"]
            request.urlconf = settings.WORKSPACE_URLCONF  # type: ignore[attr-defined]
            set_script_prefix(f"/w/{match['slug']}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix("/")
