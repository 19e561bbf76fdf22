"""Units at the doors: a request or a task that fails leaves nothing behind."""

from __future__ import annotations

import inspect
from contextlib import suppress
from typing import Any

import pytest
from celery import current_app
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.events import DepartmentChanged
from accounts.middleware import WorkspaceUnit
from accounts.models import Department
from activity.models import LedgerEntry
from helpdesk.errors import Refused
from helpdesk.events import action, attempt, emit
from helpdesk.tenancy import inside_unit
from tests.guards.tables import digest, furnish, rows
from tests.people import World, browser_of

UNKNOWN = 987_654_321


@action
def _half(name: str) -> None:
    department = Department.objects.create(name=name)
    emit(DepartmentChanged(department.pk, ["created"]), audience={"w"})


def _crash(request: HttpRequest) -> HttpResponse:
    _half("Crashed")
    raise ZeroDivisionError


def _answer(status: int) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        _half(f"Answered {status}")
        return HttpResponse(status=status)

    return view


def _refuse(request: HttpRequest) -> HttpResponse:
    _half("Refused")
    raise Refused("no", "No.")


def visit(world: World, view: Any) -> HttpResponse | None:
    """What the middleware makes of a view, for acme's owner."""
    request = RequestFactory().get("/inbox/")
    request.workspace_slug = "acme"  # type: ignore[attr-defined]
    request.user = world.acme.owner.user
    return WorkspaceUnit(lambda r: HttpResponse()).process_view(request, view, [], {})


def events(world: World) -> int:
    with world.acme.acting():
        return LedgerEntry.objects.count()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 500, 503])
def test_an_answer_of_400_or_more_leaves_no_row_and_no_event(world: World, status: int) -> None:
    before = digest(world.acme)
    answer = visit(world, _answer(status))
    assert answer is not None
    assert answer.status_code == status
    assert digest(world.acme) == before


def test_a_view_that_crashes_leaves_no_row_and_no_event(world: World) -> None:
    before = digest(world.acme)
    with pytest.raises(ZeroDivisionError):
        visit(world, _crash)
    assert digest(world.acme) == before
    assert not inside_unit()


def test_a_refusal_is_told_and_leaves_nothing(world: World) -> None:
    before = digest(world.acme)
    answer = visit(world, _refuse)
    assert answer is not None
    assert answer.status_code == 409
    assert digest(world.acme) == before


@pytest.mark.parametrize("status", [200, 204, 302])
def test_a_good_answer_keeps_its_row_and_its_event(world: World, status: int) -> None:
    before = events(world)
    visit(world, _answer(status))
    assert events(world) == before + 1
    with world.acme.acting():
        assert Department.objects.filter(name=f"Answered {status}").exists()


def test_a_refusal_that_is_caught_outside_an_attempt_condemns_the_unit(world: World) -> None:
    before = digest(world.acme)

    def swallow() -> None:
        with world.acme.acting(), suppress(ZeroDivisionError):
            action(_crash)(HttpRequest())

    with pytest.raises(TransactionManagementError):
        swallow()
    assert digest(world.acme) == before


def test_what_fails_in_an_attempt_takes_its_events_along(world: World) -> None:
    before = events(world)
    with world.acme.acting():
        _half("Kept")
        with pytest.raises(ZeroDivisionError), attempt():
            _crash(HttpRequest())
    assert events(world) == before + 1
    with world.acme.acting():
        assert not Department.objects.filter(name="Crashed").exists()


def test_pages_do_not_mention_another_workspace(world: World) -> None:
    client = browser_of(world.globex.stranger)
    assert client.get("/w/acme/inbox/").status_code == 404
    assert client.get("/w/nowhere/inbox/").status_code == 404


def tasks() -> list[Any]:
    current_app.loader.import_default_modules()
    own = ("accounts.", "activity.", "inbox.", "contacts.", "channels", "tickets.", "reports.")
    return [task for name, task in current_app.tasks.items() if name.startswith(own)]


def run(task: Any, workspace_id: int) -> None:
    """The task for a workspace, and for nothing that there is in it."""
    others = list(inspect.signature(task.run).parameters)[1:]
    task.run(workspace_id, *(UNKNOWN for _parameter in others))


def test_every_task_takes_its_workspace_first_and_nothing_by_default() -> None:
    for task in tasks():
        parameters = list(inspect.signature(task.run).parameters.values())
        if task.name in ("activity.ring_due", "activity.sweep"):
            assert not parameters
        else:
            assert [parameter.name for parameter in parameters][:1] == ["workspace_id"]
            assert all(parameter.default is parameter.empty for parameter in parameters)


def test_a_task_for_an_unknown_workspace_does_nothing(world: World) -> None:
    furnish(world.acme)
    before = digest(world.acme)
    for task in tasks():
        if inspect.signature(task.run).parameters:
            run(task, UNKNOWN)
            assert not inside_unit()
            assert rows("select coalesce(current_setting('app.workspace_id', true), '')") == [("",)]
    assert digest(world.acme) == before


def test_a_task_for_one_workspace_leaves_the_other_as_it_was(world: World) -> None:
    furnish(world.acme)
    furnish(world.globex)
    before = digest(world.globex)
    for task in tasks():
        if inspect.signature(task.run).parameters:
            run(task, world.acme.id)
            assert not inside_unit()
    assert digest(world.globex) == before


def test_a_signed_message_for_one_workspace_never_arrives_in_another(world: World) -> None:
    """The same provider's account id may be claimed by two; the address and its key decide."""
    before = digest(world.globex)
    world.acme.hears("untuk acme")
    assert digest(world.globex) == before
    answer = Client().post(
        world.globex.webhook, data=world.acme.payload("x"), content_type="application/json"
    )
    assert answer.status_code == 401
    assert digest(world.globex) == before
