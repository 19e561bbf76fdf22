"""Answers for what went wrong: problem documents (RFC 9457) and calm pages."""

from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler

from helpdesk.errors import Refused


def wants_json(request: HttpRequest) -> bool:
    """Whether the answer is for a program (or for our own scripts), not for a page."""
    accept = request.headers.get("Accept", "")
    return "/api/" in request.path_info or "application/json" in accept


def document(request: HttpRequest, status: int, code: str, message: str) -> dict[str, Any]:
    """The body of a problem answer; `code` is stable, `message` is for people."""
    return {
        "type": "about:blank",
        "status": status,
        "code": code,
        "message": message,
        "request_id": getattr(request, "request_id", ""),
    }


def problem(
    request: HttpRequest, status: int, code: str, message: str, **facts: Any
) -> HttpResponse:
    """A problem as JSON or as a page, whatever the asker reads."""
    body = {**document(request, status, code, message), **facts}
    if wants_json(request) or request.headers.get("HX-Request"):
        return JsonResponse(body, status=status, content_type="application/problem+json")
    return render(request, "errors/problem.html", {"problem": body}, status=status)


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """409: the world does not allow it now."""
    return problem(request, 409, refused.code, str(refused.message), **refused.facts)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error of the API is a problem document."""
    request = context["request"]
    if isinstance(error, Refused):
        body = {**document(request, 409, error.code, str(error.message)), **error.facts}
        return Response(body, status=409, content_type="application/problem+json")
    response = drf_handler(error, context)
    if response is None:
        return None
    code = getattr(error, "default_code", "error")
    body = document(request, response.status_code, str(code), _message_of(error))
    if isinstance(error, exceptions.ValidationError):
        body = {**body, "code": "invalid", "errors": response.data}
    response.data = body
    response.content_type = "application/problem+json"
    return response


def _message_of(error: Exception) -> str:
    if isinstance(error, exceptions.ValidationError):
        return _("Some fields are not right.")
    if isinstance(error, Http404):
        return _("Not found.")
    if isinstance(error, PermissionDenied):
        return _("You may not do this.")
    return str(getattr(error, "detail", error))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same words for what is not there and for what is another's."""
    return problem(request, 404, "not_found", _("There is nothing here that you can see."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return problem(request, 403, "forbidden", _("Your role does not allow this."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form from elsewhere or from a page that is too old."""
    return problem(request, 403, "csrf", _("This page was open too long. Reload it and try again."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return problem(request, 400, "bad_request", _("This request could not be understood."))


def broken(request: HttpRequest) -> HttpResponse:
    """500; or 503 with Retry-After while the database is away, so that providers try again."""
    error = sys.exc_info()[1]
    if isinstance(error, (OperationalError, InterfaceError)):
        answer = problem(
            request, 503, "unavailable", _("We are back in a moment. Nothing is lost.")
        )
        answer["Retry-After"] = "5"
        return answer
    return problem(request, 500, "broken", _("Something went wrong on our side."))
