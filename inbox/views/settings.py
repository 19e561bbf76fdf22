"""Pages of channels: connect, edit, test, disconnect, and what could not be read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Member
from accounts.requests import MemberRequest
from helpdesk.errors import Refused
from helpdesk.events import attempt
from helpdesk.links import absolute, root_url
from helpdesk.tenancy import acting_in, outside_unit
from inbox import actions, queries
from inbox.channels import DeliveryFailed, adapter_for, kinds
from inbox.models import Channel
from inbox.screens import template_counts
from inbox.settings_forms import ChannelForm

either = require_http_methods(["GET", "POST"])


def _manager(request: MemberRequest) -> Member:
    request.member.require("inbox.manage_channels")
    member: Member = request.member
    return member


def _channel(pk: int) -> Channel:
    channel: Channel = get_object_or_404(queries.channels(), pk=pk)
    return channel


@require_GET
def channels(request: MemberRequest) -> HttpResponse:
    """All channels and how they are, and the kinds that can be connected."""
    _manager(request)
    rows = list(queries.channels())
    healths = queries.healths(rows)
    context = {
        "section": "settings",
        "rows": [(row, healths[row.pk]) for row in rows],
        "adapters": [adapter_for(kind) for kind in kinds()],
    }
    return render(request, "settings/channels.html", context)


@either
def connect(request: MemberRequest, kind: str) -> HttpResponse:
    """Connect a new channel of a kind."""
    by = _manager(request)
    if kind not in kinds():
        raise Http404
    form = ChannelForm(request.POST or None)
    own = adapter_for(kind).settings_form(request.POST or None)
    if form.is_valid() & own.is_valid():
        try:
            with attempt():
                made = actions.connect_channel(by=by, kind=kind, **_given(form, own))
        except Refused as refused:
            own.add_error(own.account_field, str(refused.message))
        else:
            messages.success(request, _("Connected. One step is left: the webhook address."))
            return redirect("channels:channel", made.pk)
    return _form_page(request, form, own, kind=kind)


@outside_unit
@either
def channel(request: MemberRequest, pk: int) -> HttpResponse:
    """Health and settings of a channel. A new secret is tried at once, outside any
    transaction: only the provider can say that it is a good one."""
    workspace_id = request.membership.workspace_id
    with acting_in(workspace_id, by=request.member):
        answer, revived = _edited(request, pk)
    if revived:
        _try(request, workspace_id, revived)
    return answer


def _try(request: MemberRequest, workspace_id: int, revived: Channel) -> None:
    try:
        adapter_for(revived.kind).test(revived)
    except DeliveryFailed as failure:
        messages.error(request, _(failure.message))
        if failure.kind == "channel":
            with acting_in(workspace_id):
                actions.lose_channel(revived, failure.message)
    else:
        messages.success(request, _("Connected again. Waiting replies go out now."))


def _edited(request: MemberRequest, pk: int) -> tuple[HttpResponse, Channel | None]:
    """The page or where to go, and the channel if new secrets may have brought it back."""
    by = _manager(request)
    shown = _channel(pk)
    form = ChannelForm(
        request.POST or None, initial={"name": shown.name, "department": shown.department_id}
    )
    own_form = adapter_for(shown.kind).settings_form
    initial = {**shown.config, own_form.account_field: shown.account_id}
    own = own_form(request.POST or None, initial=initial, has_secrets=bool(shown.sealed))
    if form.is_valid() & own.is_valid():
        try:
            with attempt():
                edited = actions.edit_channel(shown, by=by, **_given(form, own))
        except Refused as refused:
            own.add_error(own.account_field, str(refused.message))
        else:
            is_back = edited.is_active and not shown.is_active
            if not is_back:
                messages.success(request, _("Saved."))
            return redirect("channels:channel", shown.pk), edited if is_back else None
    return _form_page(request, form, own, kind=shown.kind, shown=shown), None


def _given(form: Any, own: Any) -> dict[str, Any]:
    """What the action takes, out of both forms."""
    answers = own.cleaned_data
    return {
        **form.cleaned_data,
        "account_id": answers[own.account_field],
        "config": {name: answers[name] for name in own.config_fields if answers[name]},
        "secrets": {name: answers[name] for name in own.secret_fields},
    }


def _form_page(request: MemberRequest, form: Any, own: Any, **context: Any) -> HttpResponse:
    shown = context.get("shown")
    if shown:
        context |= {
            "webhook_url": absolute(root_url("webhook", shown.kind, shown.token)),
            "health": queries.channel_health(shown),
            "templates": template_counts(shown),
            "history": queries.channel_history(shown)[:20],
        }
    status = 422 if form.errors or own.errors else 200
    adapter = adapter_for(context["kind"])
    context |= {"form": form, "own": own, "adapter": adapter, "section": "settings"}
    return render(request, "settings/channel.html", context, status=status)


@outside_unit
@require_POST
def test(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the provider whether the secrets work; outside any transaction."""
    with acting_in(request.membership.workspace_id):
        _manager(request)
        shown = _channel(pk)
    try:
        messages.success(request, adapter_for(shown.kind).test(shown))
    except DeliveryFailed as failure:
        messages.error(request, _(str(failure.message)))
    return redirect("channels:channel", pk)


@require_GET
def templates(request: MemberRequest, pk: int) -> HttpResponse:
    """The message templates of a channel as the provider has them, and what it says of them."""
    _manager(request)
    shown = _channel(pk)
    context = {"shown": shown, "rows": queries.templates_of(shown), "section": "settings"}
    return render(request, "settings/templates.html", context)


@outside_unit
@require_POST
def sync_templates(request: MemberRequest, pk: int) -> HttpResponse:
    """Fetch the templates now; the provider is asked outside any transaction."""
    workspace_id = request.membership.workspace_id
    with acting_in(workspace_id):
        _manager(request)
        shown = _channel(pk)
    try:
        found = adapter_for(shown.kind).templates(shown)
    except DeliveryFailed as failure:
        messages.error(request, _(str(failure.message)))
        return redirect("channels:templates", pk)
    with acting_in(workspace_id):
        count = actions.store_templates(shown, found, by=request.member)
    told = ngettext("%(n)d template fetched.", "%(n)d templates fetched.", count)
    messages.success(request, told % {"n": count})
    return redirect("channels:templates", pk)


@require_POST
def disconnect(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop receiving and sending."""
    by = _manager(request)
    actions.disconnect_channel(_channel(pk), by=by)
    messages.success(request, _("Disconnected. Its conversations stay readable."))
    return redirect("channels:list")


@require_GET
def payloads(request: MemberRequest, pk: int) -> HttpResponse:
    """What could not be read, with the reason."""
    _manager(request)
    shown = _channel(pk)
    context = {"shown": shown, "payloads": queries.parked(shown)[:50], "section": "settings"}
    return render(request, "settings/payloads.html", context)


@require_POST
def replay(request: MemberRequest, pk: int, payload_id: int) -> HttpResponse:
    """Read one of them again."""
    by = _manager(request)
    payload = get_object_or_404(queries.parked(_channel(pk)), pk=payload_id)
    actions.replay_payload(payload, by=by)
    messages.success(request, _("It is being read again."))
    return redirect("channels:payloads", pk)
