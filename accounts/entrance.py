"""Doors before a workspace: the switcher, preferences, and accepting an invitation."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, queries
from accounts.forms import AcceptForm, PreferencesForm
from accounts.middleware import open_to_anyone
from accounts.models import Member, User
from helpdesk.errors import Refused
from helpdesk.events import attempt
from helpdesk.links import workspace_prefix
from helpdesk.tenancy import acting_in


@login_required
def switcher(request: HttpRequest) -> HttpResponse:
    """The workspaces of the signed-in person; with one only, go straight there."""
    seats = []
    for membership in queries.memberships_of(request.user.pk or 0):
        with acting_in(membership.workspace_id):
            seats.append(queries.acting_member(membership.member_id))
    if len(seats) == 1 and "stay" not in request.GET:
        return redirect(workspace_prefix(seats[0].workspace.slug))
    return render(request, "accounts/switcher.html", {"seats": _by_name(seats)})


def _by_name(seats: list[Member]) -> list[Member]:
    return sorted(seats, key=lambda seat: seat.workspace.name.lower())


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Language and theme: on the person if there is one, else in a cookie; then back."""
    form = PreferencesForm(request.POST)
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if safe else "/")
    if not form.is_valid():
        return response
    given = {name: form.cleaned_data[name] for name in form.cleaned_data if name in request.POST}
    if request.user.is_authenticated:
        actions.set_preferences(request.user, **given)
    for name, value in given.items():
        response.set_cookie(name, value, max_age=31536000, samesite="Lax", httponly=True)
    return response


@open_to_anyone
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: the link is looked up within this workspace only."""
    found = queries.invitation_by_token(token)
    if found is None:
        raise Http404
    known = User.objects.filter(email=found.email).exists()
    user = request.user if request.user.is_authenticated else None
    form = AcceptForm(request.POST or None, needs_password=not known, email=found.email)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                member = actions.accept_invitation(found, user=user, **form.answers)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            return _enter(request, member, signed_in=user is not None)
    return render(
        request,
        "accounts/invitation.html",
        {
            "form": form,
            "invitation": found,
            "known": known,
            "is_invited": user is not None and user.email == found.email,
            "workspace_name": found.workspace.name,
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def _enter(request: HttpRequest, member: Member, *, signed_in: bool) -> HttpResponse:
    messages.success(request, _("Welcome! You are a member now."))
    target = workspace_prefix(member.workspace.slug)
    if signed_in:
        return redirect(target)
    answer: HttpResponse = perform_login(request, member.user, redirect_url=target)
    return answer
