"""Many conversations at once: choosing them, the operation, how it goes, and taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.queries import agents
from accounts.requests import MemberRequest
from helpdesk.problems import problem
from inbox import actions, queries
from inbox.actions.batches import MOST_ITEMS
from inbox.forms.batches import BatchForm
from inbox.forms.lists import found_by, listing
from inbox.models import Batch
from inbox.screens.batches import batch_context, batch_state
from inbox.screens.snoozing import begin_of, snooze_context
from inbox.views.answers import answer

DIALOGS = {
    "transfer": "inbox/batches/_transfer.html",
    "label": "inbox/batches/_label.html",
    "snooze": "inbox/conversation/_snooze.html",
}


@require_GET
def selection(request: MemberRequest) -> HttpResponse:
    """Everything in the list that the address describes, up to what can be done at once."""
    wish = {**found_by(listing(request)), "before": None}
    rows = queries.standings(request.member, **wish, limit=MOST_ITEMS)
    items = [f"{number}:{status}:{assignee or ''}" for number, status, assignee in rows]
    return JsonResponse({"items": items, "most": MOST_ITEMS})


@require_GET
def ask(request: MemberRequest, operation: str) -> HttpResponse:
    """Where to, which labels, or until when: a dialog for our script."""
    if operation not in DIALOGS:
        raise Http404
    targets = queries.transfer_targets(request.member)
    context: dict[str, Any] = {"members": agents(), "departments": targets.departments}
    context["labels"] = queries.choosable_labels()
    context |= snooze_context(request.member)
    return render(request, DIALOGS[operation], context)


@require_POST
def start(request: MemberRequest) -> HttpResponse:
    """Do it; what takes longer goes on in the background."""
    form = BatchForm(request.POST, begin=begin_of(request.member))
    if not form.is_valid():
        return problem(request, 422, "invalid", _("Some fields are not right."))
    batch = actions.start_batch(by=request.member, **form.cleaned_data)
    return JsonResponse(batch_state(batch))


@require_GET
def show(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """How it goes; or, as a dialog, what could not be done and why."""
    batch = _own(request, uuid)
    if request.headers.get("X-Fragment"):
        return render(request, "inbox/batches/_result.html", batch_context(batch))
    return JsonResponse(batch_state(batch))


@require_POST
def cancel(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Leave out what was not done yet."""
    return JsonResponse(batch_state(actions.cancel_batch(_own(request, uuid), by=request.member)))


@require_POST
def dismiss(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Take it out of the tray."""
    return JsonResponse(batch_state(actions.dismiss_batch(_own(request, uuid), by=request.member)))


@require_POST
def undo_all(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Take back what was done, as far as nothing happened since."""
    done, left = actions.undo_batch(_own(request, uuid), by=request.member)
    return JsonResponse({"ok": True, "done": done, "left": left})


@require_POST
def undo(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Take back one thing that was done a moment ago."""
    step = get_object_or_404(queries.own_step(request.member, uuid))
    return answer(request, actions.undo(step, by=request.member), undo="")


def _own(request: MemberRequest, uuid: UUID) -> Batch:
    batch: Batch = get_object_or_404(queries.own_batches(request.member), uuid=uuid)
    return batch
