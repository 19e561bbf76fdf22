"""The first lock: no query of a tenant table without its workspace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.apps import apps
from django.db import connection, connections, models

from accounts.models import Department, Member
from helpdesk import egress
from helpdesk.events import action
from helpdesk.tenancy import (
    NestedWorkspace,
    NoCurrentWorkspace,
    acting_in,
    current_workspace_id,
    inside_unit,
)
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models import Conversation, Message
from tests.guards.tables import GLOBAL, OTHERWISE, owned_models, references, rows
from tests.people import World

PATHS: dict[str, Callable[[Any], Any]] = {
    "all": lambda model: list(model.objects.all()),
    "get": lambda model: model.objects.get(pk=1),
    "first": lambda model: model.objects.first(),
    "last": lambda model: model.objects.last(),
    "count": lambda model: model.objects.count(),
    "exists": lambda model: model.objects.exists(),
    "aggregate": lambda model: model.objects.aggregate(models.Count("pk")),
    "in_bulk": lambda model: model.objects.in_bulk([1]),
    "iterator": lambda model: list(model.objects.iterator()),
    "values": lambda model: list(model.objects.values_list("pk")),
    "explain": lambda model: model.objects.all().explain(),
    "update": lambda model: model.objects.update(workspace_id=1),
    "delete": lambda model: model.objects.all().delete(),
    "create": lambda model: model.objects.create(),
    "bulk_create": lambda model: model.objects.bulk_create([model()]),
    "save": lambda model: model(pk=1).save(),
    "delete of an instance": lambda model: model(pk=1).delete(),
    "refresh_from_db": lambda model: model(pk=1).refresh_from_db(),
    "union": lambda model: list(model.objects.all().union(model.objects.all())),
    "subquery": lambda model: Member.objects.filter(pk__in=model.objects.values("pk")).exists(),
    "the base manager": lambda model: list(model._base_manager.all()),
    "the default manager": lambda model: list(model._default_manager.all()),
}


async def _iterate(model: Any) -> None:
    async for _row in model.objects.all():
        pass


async def _aiterator(model: Any) -> None:
    async for _row in model.objects.aiterator():
        pass


ASYNC: dict[str, Callable[[Any], Any]] = {
    "async for": _iterate,
    "aiterator": _aiterator,
    "acount": lambda model: model.objects.acount(),
    "aexists": lambda model: model.objects.aexists(),
    "aget": lambda model: model.objects.aget(pk=1),
    "afirst": lambda model: model.objects.afirst(),
    "aupdate": lambda model: model.objects.aupdate(workspace_id=1),
    "acreate": lambda model: model.objects.acreate(),
}


def test_every_model_belongs_to_a_workspace_or_says_why_not() -> None:
    without = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, WorkspaceOwned) and not model._meta.auto_created
    }
    assert without == {*OTHERWISE, *GLOBAL}


def test_no_table_joins_two_tenant_tables_without_a_workspace() -> None:
    ours = [model for model in owned_models() for _ in model._meta.many_to_many]
    assert not ours


@pytest.mark.parametrize("path", PATHS)
def test_without_a_workspace_it_raises(db: None, path: str) -> None:
    for model in owned_models():
        with pytest.raises(NoCurrentWorkspace):
            PATHS[path](model)


@pytest.mark.parametrize("path", ASYNC)
def test_without_a_workspace_it_raises_in_coroutines_too(db: None, path: str) -> None:
    async def attempt(model: Any) -> None:
        await ASYNC[path](model)

    for model in owned_models():
        with pytest.raises(NoCurrentWorkspace):
            asyncio.run(_closing(attempt, model))


async def _closing(attempt: Any, model: Any) -> None:
    """The threads of a loop have connections of their own."""
    try:
        await attempt(model)
    finally:
        await sync_to_async(connections.close_all)()


def test_related_rows_are_not_reached_without_a_workspace(world: World) -> None:
    number = world.acme.hears()
    with world.acme.acting():
        message = Message.objects.select_related(None).latest("id")
        conversation = Conversation.objects.get(number=number)
        department = Department.objects.get(is_main=True)
    reads: list[Callable[[], Any]] = [
        lambda: message.conversation,
        lambda: conversation.contact.name,
        lambda: list(conversation.messages.all()),
        lambda: conversation.messages.count(),
        lambda: department.seats.exists(),
        conversation.refresh_from_db,
        conversation.save,
        conversation.delete,
        lambda: conversation.messages.create(),
        lambda: models.prefetch_related_objects([conversation], "messages"),
    ]
    for read in reads:
        with pytest.raises(NoCurrentWorkspace):
            read()


def test_a_query_made_inside_and_run_outside_raises(world: World) -> None:
    with world.acme.acting():
        lazy = Member.objects.filter(is_active=True)
    with pytest.raises(NoCurrentWorkspace):
        list(lazy)


def test_a_query_made_in_one_workspace_answers_for_the_one_it_runs_in(world: World) -> None:
    with world.acme.acting():
        lazy = Member.objects.order_by("pk")
    with world.globex.acting():
        assert {member.pk for member in lazy} == {m.pk for m in world.globex.people.values()}


def test_another_workspace_inside_one_is_a_mistake(world: World) -> None:
    with world.acme.acting(), pytest.raises(NestedWorkspace):
        acting_in(world.globex.id).__enter__()


def test_the_same_workspace_inside_itself_is_the_same_unit(world: World) -> None:
    with world.acme.acting() as outer, world.acme.acting() as inner:
        assert inner is outer


def test_a_row_of_another_workspace_is_refused_by_the_orm(world: World) -> None:
    with pytest.raises(NestedWorkspace), world.acme.acting():
        Department.objects.create(name="x", workspace_id=world.globex.id)
    with pytest.raises(NestedWorkspace), world.acme.acting():
        Department.objects.bulk_create([Department(name="x", workspace_id=world.globex.id)])
    with pytest.raises(NestedWorkspace), world.acme.acting():
        world.globex.stranger.delete()


def test_rows_of_another_workspace_are_not_there(world: World) -> None:
    with world.acme.acting():
        foreign = list(world.globex.people.values())
        assert not Member.objects.filter(pk__in=[member.pk for member in foreign]).exists()
        with pytest.raises(Member.DoesNotExist):
            foreign[0].refresh_from_db()
        assert Member.objects.filter(pk=foreign[0].pk).update(name="x") == 0


def test_after_the_unit_nothing_of_it_is_left(world: World) -> None:
    with world.acme.acting():
        assert current_workspace_id() == world.acme.id
        assert setting() == str(world.acme.id)
    assert not inside_unit()
    assert setting() == ""
    with pytest.raises(NoCurrentWorkspace):
        current_workspace_id()


def test_after_an_error_nothing_of_the_unit_is_left(world: World) -> None:
    def half_done() -> None:
        with world.acme.acting():
            Department.objects.create(name="Half done")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert setting() == ""
    with world.acme.acting():
        assert not Department.objects.filter(name="Half done").exists()


def test_after_a_commit_the_setting_is_gone_from_the_connection(committed_world: World) -> None:
    with committed_world.acme.acting():
        pid = rows("select pg_backend_pid()")
    assert rows("select pg_backend_pid()") == pid
    assert setting() == ""


def setting() -> str:
    return str(rows("select coalesce(current_setting('app.workspace_id', true), '')")[0][0])


def test_a_thread_does_not_inherit_the_workspace_of_another_connection(world: World) -> None:
    async def elsewhere() -> int:
        return await sync_to_async(Member.objects.count, thread_sensitive=False)()

    async def main() -> None:
        with pytest.raises(NoCurrentWorkspace):
            await elsewhere()

    with world.acme.acting():
        asyncio.run(main())


def test_an_action_outside_a_unit_raises() -> None:
    with pytest.raises(NoCurrentWorkspace):
        action(lambda: None)()


def test_every_reference_between_tenant_tables_is_a_tenant_key() -> None:
    assert len(references()) > 15
    for model, field in references():
        assert isinstance(field, TenantKey), f"{model.__name__}.{field.name}"
        names = {c.field for c in model._meta.constraints if hasattr(c, "field")}
        assert field.name in names, f"{model.__name__}.{field.name} has no CompositeFK"


def test_uniques_of_tenant_tables_contain_the_workspace() -> None:
    """A global unique tells one tenant what another has."""
    for model in owned_models():
        for field in model._meta.get_fields():
            assert field.auto_created or not getattr(field, "unique", False), field
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                first = (constraint.fields or [constraint.expressions[0].name])[0]
                assert first == "workspace", constraint.name


def test_no_network_call_is_made_inside_a_unit(world: World) -> None:
    with world.acme.acting(), pytest.raises(RuntimeError, match="unit of work"):
        egress.request("GET", "http://127.0.0.1:9/")
    assert connection.is_usable()
