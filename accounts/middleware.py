"""Who asks, in which language, and in which workspace: the unit of work of a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from accounts.queries import (
    Membership,
    acting_member,
    membership_by_token,
    membership_in,
    workspace_id_by_slug,
)
from helpdesk.errors import Refused
from helpdesk.problems import problem, refusal, wants_json
from helpdesk.tenancy import acting_in

Handler = Callable[[HttpRequest], HttpResponse]


def open_to_anyone(view: Any) -> Any:
    """Mark a view of a workspace that needs no member (an invitation)."""
    view.open_to_anyone = True
    return view


class UserPreferences:
    """Language and theme: the person's, else the browser's, else the installation's."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language for this request."""
        chosen = getattr(request.user, "language", "")
        language = chosen or translation.get_language_from_request(request)
        request.theme = getattr(request.user, "theme", "")  # type: ignore[attr-defined]
        with translation.override(language), timezone.override(None):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class _RolledBack(Exception):
    def __init__(self, response: HttpResponse) -> None:
        self.response = response


class WorkspaceUnit:
    """Runs the view and renders its answer inside one unit of work.

    It is `process_view` that does it, since a middleware around `get_response` would
    commit the half-done work of a view that crashed. An answer of 400 or more rolls back.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing on the way in or out."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Find workspace and member, then run the view inside the unit."""
        slug = getattr(request, "workspace_slug", None)
        if slug is None and not request.path_info.startswith("/api/v1/"):
            return None
        if getattr(view, "open_to_anyone", False):
            return self._run_for(request, _workspace(slug), None, view, args, kwargs)
        found = _membership(request, slug)
        if isinstance(found, HttpResponse):
            return found
        request.membership = found  # type: ignore[attr-defined]
        if getattr(view, "outside_unit", False):
            _enter(request, found)
            return None
        return self._run_for(request, found.workspace_id, found, view, args, kwargs)

    def _run_for(
        self,
        request: HttpRequest,
        workspace_id: int,
        membership: Membership | None,
        view: Any,
        args: list[Any],
        kwargs: dict[str, Any],
    ) -> HttpResponse:
        try:
            with acting_in(workspace_id) as unit:
                if membership:
                    unit.by = _load(request, membership)
                response: HttpResponse = view(request, *args, **kwargs)
                if hasattr(response, "render"):
                    response.render()
                if response.status_code >= 400:
                    raise _RolledBack(response)
                return response
        except _RolledBack as rolled_back:
            return rolled_back.response
        except Refused as refused:
            return refusal(request, refused)


def _load(request: HttpRequest, membership: Membership) -> Any:
    user = getattr(request, "user", None)  # a token's request has none
    member = acting_member(membership.member_id, user if user and user.pk else None)
    request.member = member  # type: ignore[attr-defined]
    request.workspace = member.workspace  # type: ignore[attr-defined]
    timezone.activate(member.workspace.timezone)
    return member


def _enter(request: HttpRequest, membership: Membership) -> None:
    """For a view outside a unit: who asks, read in a unit of its own."""
    with acting_in(membership.workspace_id):
        _load(request, membership)


def _workspace(slug: str | None) -> int:
    workspace_id = workspace_id_by_slug(slug or "")
    if workspace_id is None:
        raise Http404
    return workspace_id


def _membership(request: HttpRequest, slug: str | None) -> Membership | HttpResponse:
    """The member who asks, or the answer for who is none: a stranger learns nothing (404)."""
    if slug is None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        found = membership_by_token(token) if scheme.lower() == "bearer" and token else None
        return found or problem(request, 401, "unauthenticated", "A valid API token is needed.")
    if not request.user.is_authenticated:
        if wants_json(request) or request.headers.get("HX-Request"):
            return problem(request, 401, "unauthenticated", "Sign in first.")
        login = reverse(settings.LOGIN_URL, urlconf=settings.ROOT_URLCONF)
        return redirect_to_login(request.get_full_path(), _without_prefix(login))
    membership = membership_in(slug, request.user.pk)
    if membership is None:
        raise Http404
    return membership


def _without_prefix(path: str) -> str:
    """`reverse` adds the workspace's prefix; the sign-in page has none."""
    from helpdesk.links import without_prefix

    return without_prefix(path)
