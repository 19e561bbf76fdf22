"""How PostgreSQL finds what agents ask for, among twenty thousand conversations, as the app's
login: by an index, whoever asks."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from bench.crowd import gather
from inbox import actions
from inbox.models import Conversation, ConversationLabel, Label
from tests.people import World, browser_of

MANY = 20_000
LARGE = {
    *("inbox_conversation", "inbox_message", "inbox_messagesearch", "inbox_conversationlabel"),
    *("contacts_contact", "contacts_contactidentity", "contacts_contactsearch"),
}
LIST = "/w/acme/inbox/"
ASKED = {
    "queue": "?view=queue",
    "mine": "?view=mine",
    "all": "?view=all",
    "archive": "?view=resolved",
    "a rare name": "?view=all&q=Zulkarnaen",
    "a rare word": "?view=all&q=kelapaungu",
    "a phone number": "?view=all&q=8000012345",
    "a number": "?view=all&q=%23123",
    "counts": "counts/",
    "thread": "{number}/thread/",
}

# The thread is the owner's own. A supervisor sees a third of all, so that the thousand to which
# is counted are found soonest by reading on.
NOT_ASKED = {("thread", "supervisor"), ("thread", "sari"), ("counts", "supervisor")}


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every step of a plan."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


class Plans:
    """What was asked while it watched, each with its plan."""

    def __init__(self) -> None:
        self.found: list[tuple[str, list[dict[str, Any]]]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(("SELECT", "UPDATE")) and '"' in sql:
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                (told,) = cursor.fetchone()
            plans = told if isinstance(told, list) else json.loads(told)
            self.found.append((sql, list(nodes(plans[0]["Plan"]))))
        return execute(sql, params, many, context)

    def scanned(self) -> list[tuple[str, str]]:
        """The large tables that are read from one end to the other, and by which statement."""
        return [
            (step["Relation Name"], sql)
            for sql, steps in self.found
            for step in steps
            if step["Node Type"] == "Seq Scan" and step["Relation Name"] in LARGE
        ]

    def indexes(self) -> set[str]:
        """Every index that was used."""
        return {
            step["Index Name"]
            for _sql, steps in self.found
            for step in steps
            if "Index Name" in step
        }


@pytest.fixture
def crowd(committed_world: World) -> World:
    """Acme with twenty thousand conversations, a quarter with a label, counted by PostgreSQL."""
    gather(os.environ["DATABASE_URL"], "acme", MANY)
    with committed_world.acme.acting():
        label = Label.objects.create(name="Retur")
        ids = Conversation.objects.order_by("pk").values_list("pk", flat=True)[: MANY // 4]
        rows = [ConversationLabel(conversation_id=pk, label=label) for pk in ids]
        ConversationLabel.objects.bulk_create(rows)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
        owner.execute("ANALYZE inbox_conversationlabel")
    return committed_world


def asked(world: World, who: str, path: str) -> Plans:
    """What an agent's page asks for."""
    plans = Plans()
    visitor = browser_of(world.acme.people[who])
    with connection.execute_wrapper(plans):
        answer = visitor.get(LIST + path, headers={"X-Fragment": "rows"})
    assert answer.status_code == 200
    assert plans.found
    return plans


def test_nothing_large_is_read_from_end_to_end(crowd: World) -> None:
    acme = crowd.acme
    with acme.acting():
        rows = Conversation.objects.filter(status="handled", assignee=acme.owner)
        own = rows.order_by("pk")[0]
    scanned = {}
    for who in ("owner", "supervisor", "sari"):
        for name, path in ASKED.items():
            if (name, who) in NOT_ASKED:
                continue
            if found := asked(crowd, who, path.format(number=own.number)).scanned():
                scanned[f"{name}, by {who}"] = found
    assert not scanned

    known = {
        name: asked(crowd, "owner", path).indexes()
        for name, path in ASKED.items()
        if "{" not in path
    }
    assert "inbox_open_by_time" in known["all"]
    assert "inbox_by_status" in known["queue"] & known["archive"]
    assert "inbox_by_assignee" in known["mine"]
    assert "inbox_number" in known["a number"]

    answered = Plans()
    with acme.acting(), connection.execute_wrapper(answered):
        actions.send_reply(own, by=acme.owner, text="Baik, kami cek")
        actions.claim_outgoing()
    assert len(answered.found) > 4
    assert not answered.scanned()
