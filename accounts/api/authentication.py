"""Who asks the API: the member that the unit of work was opened for."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class MemberAuthentication(BaseAuthentication):
    """The middleware has found the member, by token or by session; a session must also
    pass the CSRF check, as forms do."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """The member as `request.user`; None for nobody."""
        member = getattr(request._request, "member", None)
        if member is None:
            return None
        if getattr(request._request, "workspace_slug", None):
            SessionAuthentication().enforce_csrf(request)
        return member, None

    def authenticate_header(self, request: Request) -> str:
        """For 401 answers."""
        return "Bearer"


class IsMember(BasePermission):
    """Everything in the API is a member's."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether one was found."""
        return request.user is not None


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document describes it."""

    target_class = "accounts.api.authentication.MemberAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer"}
