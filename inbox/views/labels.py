"""Labels: the dialog of a conversation, and the pages of the settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.models import Member
from accounts.requests import MemberRequest
from helpdesk.errors import Refused
from helpdesk.events import attempt
from inbox import actions, queries
from inbox.forms.labels import LabelForm, LabelsForm
from inbox.views.answers import answer, visible

either = require_http_methods(["GET", "POST"])


@either
@vary_on_headers("X-Fragment")
def choose(request: MemberRequest, number: int) -> HttpResponse:
    """The labels to choose from, as a dialog or a page; and the choice."""
    conversation = visible(request, number)
    given = request.POST if request.method == "POST" else None
    form = LabelsForm(given, conversation=conversation)
    if form.is_valid():
        changed = actions.set_labels(conversation, by=request.member, **form.cleaned_data)
        return answer(request, changed)
    context = {
        "conversation": conversation,
        "labels": queries.choosable_labels(conversation),
        "chosen": queries.label_ids(conversation),
    }
    template = "_labels.html" if request.headers.get("X-Fragment") else "labels.html"
    status = 422 if form.is_bound else 200
    return render(request, f"inbox/labels/{template}", context, status=status)


def _manager(request: MemberRequest) -> Member:
    request.member.require("inbox.manage_labels")
    member: Member = request.member
    return member


@either
def labels(request: MemberRequest) -> HttpResponse:
    """All labels, and a form for a new one."""
    by = _manager(request)
    form = LabelForm(request.POST or None)
    if form.is_valid() and _done(form, lambda: actions.create_label(by=by, **form.cleaned_data)):
        messages.success(request, _("The label was created."))
        return redirect("labels:list")
    return _page(request, "labels.html", form, rows=queries.labels())


@either
def label(request: MemberRequest, pk: int) -> HttpResponse:
    """Name and colour of a label."""
    by = _manager(request)
    shown = get_object_or_404(queries.labels(), pk=pk)
    form = LabelForm(request.POST or None, initial={"name": shown.name, "hue": shown.hue})
    if form.is_valid() and _done(
        form, lambda: actions.edit_label(shown, by=by, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("labels:list")
    return _page(request, "label.html", form, shown=shown)


@require_POST
def activity(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a label away, or bring it back."""
    by = _manager(request)
    shown = get_object_or_404(queries.labels(), pk=pk)
    actions.set_label_activity(shown, by=by, is_active=not shown.is_active)
    messages.success(request, _("Saved."))
    return redirect("labels:list")


def _done(form: LabelForm, act: Any) -> bool:
    """Whether the action was not refused; else the form says why."""
    try:
        with attempt():
            act()
    except Refused as refused:
        form.add_error("name", str(refused.message))
        return False
    return True


def _page(request: MemberRequest, template: str, form: LabelForm, **context: Any) -> HttpResponse:
    context |= {"form": form, "section": "settings"}
    status = 422 if form.errors else 200
    return render(request, f"settings/{template}", context, status=status)
