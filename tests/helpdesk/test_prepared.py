"""Queries that are compiled once: as Django answers them, and in one workspace only."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from helpdesk.prepared import prepared
from helpdesk.tenancy import NoCurrentWorkspace
from inbox.models import Conversation, Message
from tests.people import World

built: list[str] = []


@prepared
def among(ids: Any) -> QuerySet[Conversation]:
    built.append("among")
    return Conversation.objects.select_related("contact").filter(pk__any=ids).order_by("pk")


@prepared
def said_in(conversation: Any, text: Any, *, newest: bool, most: int) -> QuerySet[Any, str]:
    built.append(f"said {newest} {most}")
    rows = Message.objects.filter(conversation=conversation, text__gte=text, direction="in")
    return rows.order_by("-pk" if newest else "pk").values_list("text", flat=True)[:most]


@prepared
def behind(member: Any) -> QuerySet[Any, int]:
    of_his = Message.objects.filter(author_member=member).values("conversation")
    return Conversation.objects.filter(pk__in=of_his).values_list("pk", flat=True)


def test_the_rows_are_the_same_and_joined(world: World) -> None:
    numbers = [world.acme.hears("Halo", phone="6281355500001")]
    numbers.append(world.acme.hears("Halo", phone="6281355500002"))
    with world.acme.acting():
        ids = list(Conversation.objects.values_list("pk", flat=True))
        wanted = Conversation.objects.filter(pk__in=ids).order_by("pk")
        for asked in (ids, ids[:1], []):
            assert among(asked) == [row for row in wanted if row.pk in asked]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert [row.contact.name for row in among(ids)] == ["Rahmat", "Rahmat"]
        assert len(queries) == 1
        assert [row.number for row in among(ids)] == numbers


def test_it_is_built_once_for_each_shape(world: World) -> None:
    conversation = world.acme.conversation(world.acme.hears("satu"))
    world.acme.hears("dua")
    built.clear()
    with world.acme.acting():
        for _again in range(3):
            assert said_in(conversation.pk, "", newest=True, most=1) == ["dua"]
            assert said_in(conversation.pk, "", newest=False, most=2) == ["satu", "dua"]
            assert said_in(conversation.pk, "e", newest=False, most=2) == ["satu"]
            assert said_in(0, "", newest=False, most=2) == []
    assert built == ["said True 1", "said False 2"]


def test_each_call_sees_its_own_workspace_only(world: World) -> None:
    ours = world.acme.conversation(world.acme.hears("milik Acme"))
    theirs = world.globex.conversation(world.globex.hears("milik Globex"))
    both = [ours.pk, theirs.pk]
    for company, own in ((world.acme, ours), (world.globex, theirs), (world.acme, ours)):
        with company.acting(), CaptureQueriesContext(connection) as queries:
            assert among(both) == [own]
        assert f'"workspace_id" = ({company.id})' in queries[-1]["sql"]


def test_also_in_a_query_within_the_query(world: World) -> None:
    number = world.acme.hears("Halo")
    conversation = world.acme.conversation(number)
    world.globex.hears("Halo")
    with world.globex.acting():
        assert behind(world.acme.sari.pk) == []
    with world.acme.acting(), CaptureQueriesContext(connection) as queries:
        assert behind(world.acme.sari.pk) == []
        assert among([conversation.pk]) == [conversation]
    assert queries[0]["sql"].count(f'"workspace_id" = ({world.acme.id})') == 2


def test_without_a_workspace_it_refuses(world: World) -> None:
    with world.acme.acting():
        assert among([0]) == []
    with pytest.raises(NoCurrentWorkspace):
        among([1])


def test_values_come_in_their_number(world: World) -> None:
    with world.acme.acting(), pytest.raises(ValueError, match="shorter"):
        said_in(1, newest=True, most=1)
