"""Pages of members, departments and API tokens."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, queries
from accounts.forms import DepartmentForm, InvitationForm, MemberForm, TokenForm
from accounts.models import Department, Invitation, Member
from accounts.requests import MemberRequest
from helpdesk.errors import Refused
from helpdesk.events import attempt

either = require_http_methods(["GET", "POST"])


def _manager(request: MemberRequest) -> Member:
    """The member, if settings are his; else 403."""
    request.member.require("accounts.manage")
    member: Member = request.member
    return member


def _form_page(request: MemberRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, template, {"form": form, "section": "settings", **context}, status=status
    )


@require_GET
def home(request: MemberRequest) -> HttpResponse:
    """The first settings page that is for this member."""
    return redirect("accounts:members" if request.member.administers else "accounts:profile")


@require_GET
def members(request: MemberRequest) -> HttpResponse:
    """Members and open invitations."""
    _manager(request)
    context = {
        "section": "settings",
        "members": queries.members(),
        "invitations": queries.open_invitations(),
    }
    return render(request, "settings/members.html", context)


@either
def invite(request: MemberRequest) -> HttpResponse:
    """Invite somebody by mail."""
    by = _manager(request)
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        try:
            with attempt():
                invitation = actions.invite(by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error("email", str(refused.message))
        else:
            text = _("An invitation is on its way to %(email)s.")
            messages.success(request, text % {"email": invitation.email})
            return redirect("accounts:members")
    return _form_page(request, "settings/invite.html", form)


@require_POST
def resend(request: MemberRequest, pk: int) -> HttpResponse:
    """Mail an invitation again."""
    by = _manager(request)
    actions.resend_invitation(get_object_or_404(Invitation, pk=pk), by=by)
    messages.success(request, _("The invitation was sent again; the older link no longer works."))
    return redirect("accounts:members")


@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    by = _manager(request)
    actions.revoke_invitation(get_object_or_404(Invitation, pk=pk), by=by)
    messages.success(request, _("The invitation was taken back."))
    return redirect("accounts:members")


@either
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """Role, departments and reach of a member."""
    by = _manager(request)
    shown = get_object_or_404(queries.members(), pk=pk)
    form = MemberForm(request.POST or None, member=shown, initial=_initial(shown))
    if form.is_valid():
        try:
            with attempt():
                actions.change_member(shown, by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:members")
    return _form_page(request, "settings/member.html", form, shown=shown)


def _initial(shown: Member) -> dict[str, Any]:
    seats = list(shown.seats.all())
    return {
        "role": shown.role,
        "sees_all": shown.sees_all,
        "departments": [seat.department_id for seat in seats],
        "led": [seat.department_id for seat in seats if seat.leads],
        "supervised": [row.agent_id for row in shown.supervised.all()],
    }


@require_POST
def member_activity(request: MemberRequest, pk: int) -> HttpResponse:
    """Deactivate a member, or let him in again."""
    by = _manager(request)
    shown = get_object_or_404(queries.members(), pk=pk)
    if shown.pk == by.pk:
        raise PermissionDenied
    change = actions.deactivate_member if shown.is_active else actions.reactivate_member
    change(shown, by=by)
    messages.success(request, _("Saved."))
    return redirect("accounts:members")


@either
def departments(request: MemberRequest) -> HttpResponse:
    """The departments, and a form for a new one."""
    by = _manager(request)
    form = DepartmentForm(request.POST or None)
    if form.is_valid():
        try:
            with attempt():
                actions.create_department(by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", str(refused.message))
        else:
            messages.success(request, _("The department was created."))
            return redirect("accounts:departments")
    rows = queries.departments()
    return _form_page(request, "settings/departments.html", form, departments=rows)


@either
def department(request: MemberRequest, pk: int) -> HttpResponse:
    """Name and members of a department."""
    by = _manager(request)
    shown = get_object_or_404(queries.departments(), pk=pk)
    initial = {"name": shown.name, "members": [seat.member_id for seat in shown.seats.all()]}
    form = DepartmentForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            with attempt():
                actions.update_department(shown, by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", str(refused.message))
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:departments")
    return _form_page(request, "settings/department.html", form, shown=shown)


@require_POST
def retire(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a department away."""
    by = _manager(request)
    actions.retire_department(get_object_or_404(Department, pk=pk), by=by)
    messages.success(request, _("The department was put away."))
    return redirect("accounts:departments")


@either
def tokens(request: MemberRequest) -> HttpResponse:
    """One's own API tokens; a new one is shown once."""
    form = TokenForm(request.POST or None)
    text = ""
    if form.is_valid():
        _token, text = actions.create_token(by=request.member, **form.cleaned_data)
        form = TokenForm()
    rows = queries.tokens_of(request.member)
    return _form_page(request, "settings/tokens.html", form, tokens=rows, new_token=text)


@require_POST
def token_revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """End one of one's own API tokens."""
    token = get_object_or_404(queries.tokens_of(request.member), pk=pk)
    actions.revoke_token(token, by=request.member)
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:tokens")
