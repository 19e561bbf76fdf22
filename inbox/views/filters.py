"""The filter's panel, the rows that fit it, and the views under which it is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.requests import MemberRequest
from inbox import actions, queries
from inbox.forms.lists import AmongForm, asked_for, found_by, listing
from inbox.forms.views import ViewForm
from inbox.models import SavedView
from inbox.screens.filters import MOST_SHOWN, address, chips, filter_context, saved_sizes

either = require_http_methods(["GET", "POST"])


@require_GET
@vary_on_headers("X-Fragment")
def show_filter(request: MemberRequest) -> HttpResponse:
    """What may be chosen, as a dialog or a page."""
    return _dialog(request, "filter", filter_context(listing(request)))


@require_GET
def show_rows(request: MemberRequest) -> HttpResponse:
    """Which of some conversations are in the list that the address describes, as rows: for our
    script, when something happened to them."""
    ids = AmongForm(request.GET).ids()
    wish = {**listing(request), "before": None}
    rows = queries.inbox_list(request.member, **found_by(wish), among=ids) if ids else []
    context = {"conversations": rows}
    return render(request, "inbox/conversation/_some_rows.html", context)


@require_GET
def show_sizes(request: MemberRequest) -> HttpResponse:
    """How many conversations his saved views have, by id; for our script, after the page."""
    return JsonResponse({"most": MOST_SHOWN, "sizes": saved_sizes(request.member, request)})


@either
@vary_on_headers("X-Fragment")
def save(request: MemberRequest) -> HttpResponse:
    """Keep the filter that the address describes under a name."""
    wish = listing(request)
    form = ViewForm(_given(request), member=request.member)
    if form.is_valid():
        query = asked_for(request.GET, request)
        made = actions.save_view(by=request.member, query=query, **form.wish())
        messages.success(request, _("The view was saved."))
        return redirect(_list_of(made))
    return _dialog(request, "view", {"form": form, "wish": wish, "chips": chips(wish)})


@either
@vary_on_headers("X-Fragment")
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Rename or share a view."""
    shown = _view(request, pk)
    request.member.require("inbox.edit_view", shown)
    initial = {"name": shown.name, "sharing": shown.sharing, "department": shown.department_id}
    form = ViewForm(_given(request), member=request.member, initial=initial)
    if form.is_valid():
        actions.edit_view(shown, by=request.member, **form.wish(shown))
        messages.success(request, _("Saved."))
        return redirect(_list_of(shown))
    return _dialog(request, "view", {"form": form, "shown": shown})


@require_POST
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget a view."""
    actions.delete_view(_view(request, pk), by=request.member)
    messages.success(request, _("The view was deleted."))
    return redirect("inbox:list")


def _view(request: MemberRequest, pk: int) -> SavedView:
    shown: SavedView = get_object_or_404(queries.saved_views(request.member), pk=pk)
    return shown


def _given(request: MemberRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _list_of(view: SavedView) -> str:
    return f"{address('queue').partition('?')[0]}?{view.query}"


def _dialog(request: MemberRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    template = f"_{name}.html" if request.headers.get("X-Fragment") else "page.html"
    form = context.get("form")
    status = 422 if form is not None and form.is_bound else 200
    context |= {"part": f"inbox/filters/_{name}.html"}
    return render(request, f"inbox/filters/{template}", context, status=status)
