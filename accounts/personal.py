"""Pages about oneself: profile, keys, notifications, and how the workspace looks."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.attention_forms import AttentionForm
from accounts.personal_forms import KeysForm, LookForm, ProfileForm
from accounts.preferences import look_of
from accounts.requests import MemberRequest
from helpdesk.errors import Refused
from helpdesk.events import attempt

either = require_http_methods(["GET", "POST"])


@either
def profile(request: MemberRequest) -> HttpResponse:
    """Name, language, theme and density."""
    user, look = request.member.user, look_of(request.member)
    initial = {"name": request.member.name, "density": look.density}
    initial |= {"language": user.language or "auto", "theme": user.theme or "auto"}
    form = ProfileForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        actions.change_profile(by=request.member, name=given["name"])
        actions.set_preferences(user, **form.wish())
        actions.set_look(by=request.member, density=given["density"])
        return _saved(request, "profile")
    return _page(request, "profile", form)


@either
def keys(request: MemberRequest) -> HttpResponse:
    """His own keys; "default" takes all changes back."""
    form = KeysForm(request.POST or None, member=request.member)
    if "default" in request.POST:
        actions.set_keys(by=request.member, keys={})
        messages.success(request, _("All keys are as they were at first."))
        return redirect("accounts:keys")
    if form.is_valid():
        try:
            with attempt():
                actions.set_keys(by=request.member, **form.wish())
        except Refused as refused:
            form.refused(refused)
        else:
            return _saved(request, "keys")
    return _page(request, "keys", form)


@either
def notifications(request: MemberRequest) -> HttpResponse:
    """What calls for his attention, and how."""
    form = AttentionForm(request.POST or None, member=request.member)
    if form.is_valid():
        actions.set_attention(by=request.member, **form.wish())
        return _saved(request, "notifications")
    return _page(request, "notifications", form)


@require_POST
def look(request: MemberRequest) -> HttpResponse:
    """Widths and panels as the member has just left them: for our script."""
    form = LookForm(request.POST)
    if not form.is_valid() or not form.wish():
        raise BadRequest
    actions.set_look(by=request.member, **form.wish())
    return JsonResponse({"ok": True})


def _saved(request: MemberRequest, name: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(f"accounts:{name}")


def _page(request: MemberRequest, name: str, form: object) -> HttpResponse:
    status = 422 if getattr(form, "errors", None) else 200
    context = {"form": form, "section": "settings"}
    return render(request, f"settings/{name}.html", context, status=status)
