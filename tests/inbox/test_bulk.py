"""Many conversations at once (F29, F30): each alone, told row by row, and nothing twice."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from activity.models import LedgerEntry
from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.models import Batch, BatchItem, Conversation
from inbox.tasks import run_batches
from tests.people import Company, World, browser_of

PATH = "/w/acme/inbox/"


@pytest.fixture
def acme(world: World) -> Company:
    """1 to 6 wait in Support."""
    return filled(world.acme, 6)


def filled(company: Company, count: int) -> Company:
    for n in range(1, count + 1):
        company.hears("Halo", f"62813555{n:05}", f"C{n}")
    return company


def start(company: Company, who: str, operation: str, *numbers: Any, **more: Any) -> Batch:
    items = [(n, "") if isinstance(n, int) else n for n in numbers]
    with company.acting(who):
        by = company.people[who]
        return actions.start_batch(by=by, operation=operation, items=items, **more)


def outcome(company: Company, batch: Batch) -> dict[int, str]:
    with company.acting():
        rows = BatchItem.objects.filter(batch=batch)
        return {row.number: row.code or row.state for row in rows}


def owners(company: Company) -> dict[int, str]:
    with company.acting():
        rows = Conversation.objects.select_related("assignee").exclude(assignee=None)
        return {row.number: row.assignee.name for row in rows if row.assignee}


def test_what_cannot_be_done_is_told_row_by_row_and_the_rest_is_done(acme: Company) -> None:
    with acme.acting("budi"):
        actions.accept(acme.conversation(2), by=acme.budi)
    with acme.acting("admin"):
        finance = acme.departments["Finance"]
        actions.transfer(acme.conversation(3), by=acme.admin, department=finance)
        actions.resolve(acme.conversation(4), by=acme.admin)
    batch = start(acme, "sari", "accept", *((n, "queued:") for n in range(1, 6)), (99, ""))
    assert outcome(acme, batch) == {
        1: "done",
        2: "taken",
        3: "gone",
        4: "gone",
        5: "done",
        99: "gone",
    }
    assert (batch.done, batch.refused, batch.state) == (2, 4, "done")
    assert owners(acme) == {1: "Sari", 2: "Budi", 5: "Sari"}
    with acme.acting():
        assert batch.items.get(number=2).by_name == "Budi"


def test_a_guessed_number_tells_nothing_of_a_customer(acme: Company) -> None:
    start(acme, "sari", "accept", 1)
    page = browser_of(acme.budi)
    given = {"operation": "accept", "items": "1,99"}
    batch = page.post(f"{PATH}bulk/", given, headers={"Accept": "application/json"}).json()
    assert page.get(f"{PATH}1/").status_code == 404
    shown = page.get(batch["url"], headers={"X-Fragment": "dialog"}).content.decode()
    assert "#1<" in shown
    assert "Sari" in shown, "who loses a race is told by whom"
    assert "C1" not in shown
    assert f"{PATH}1/" not in shown


def test_an_agent_moves_his_own_and_a_supervisor_what_he_sees(acme: Company) -> None:
    start(acme, "sari", "accept", 1, 2)
    start(acme, "budi", "accept", 3)
    agents = start(acme, "sari", "resolve", 1, 3, 4)
    assert outcome(acme, agents) == {1: "done", 3: "denied", 4: "denied"}
    spread = start(acme, "supervisor", "transfer", 2, 3, 4, members=[acme.gita])
    assert outcome(acme, spread) == {2: "done", 3: "done", 4: "gone"}
    with pytest.raises(PermissionDenied):
        start(acme, "nona", "resolve", 1)


def test_several_share_evenly_and_each_is_told_once(acme: Company) -> None:
    batch = start(acme, "admin", "transfer", *range(1, 7), members=[acme.sari, acme.budi])
    assert Counter(owners(acme).values()) == {"Sari": 3, "Budi": 3}
    with acme.acting():
        told = LedgerEntry.objects.filter(name="batch.delivered")
        assert {(e.facts["member_id"], e.facts["count"]) for e in told} == {
            (acme.sari.pk, 3),
            (acme.budi.pk, 3),
        }
        assert [e.audience for e in told.order_by("seq")] == [
            [f"p:{pk}"] for pk in sorted([acme.sari.pk, acme.budi.pk])
        ]
        how = LedgerEntry.objects.filter(name="conversation.assigned").values_list("facts__how")
        assert set(how) == {("bulk",)}
    assert batch.done == 6


def test_to_a_department_and_with_a_note(acme: Company) -> None:
    shipping = acme.departments["Shipping"]
    batch = start(acme, "admin", "transfer", 1, 2, department=shipping, note="Tolong dicek")
    assert outcome(acme, batch) == {1: "done", 2: "done"}
    assert [m.text for m in acme.messages(1) if m.kind == "note" or m.direction == "note"]
    with acme.acting():
        rows = Conversation.objects.filter(number__in=[1, 2])
        assert {row.department_id for row in rows} == {shipping.pk}


def test_labels_are_put_on_and_taken_off_and_others_stay(acme: Company) -> None:
    with acme.acting("admin"):
        one, two, three = (
            actions.create_label(by=acme.admin, name=n, hue=0) for n in ("A", "B", "C")
        )
        actions.set_labels(acme.conversation(1), by=acme.admin, labels=[one, two])
    batch = start(acme, "admin", "label", 1, 2, add=[three], remove=[one])
    assert outcome(acme, batch) == {1: "done", 2: "done"}
    with acme.acting():
        assert queries.label_ids(acme.conversation(1)) == {two.pk, three.pk}
        assert queries.label_ids(acme.conversation(2)) == {three.pk}


def test_what_changed_since_it_was_chosen_is_left_alone(acme: Company) -> None:
    start(acme, "sari", "accept", 1)
    start(acme, "budi", "accept", 2)
    seen = [(1, "queued:"), (2, f"handled:{acme.budi.pk}"), (3, f"handled:{acme.budi.pk}")]
    batch = start(acme, "admin", "resolve", *seen)
    assert outcome(acme, batch) == {1: "taken", 2: "done", 3: "changed"}


@pytest.mark.parametrize(
    ("operation", "items", "code"),
    [
        ("resolve", [], "nothing_selected"),
        ("transfer", [(1, "")], "no_target"),
        ("label", [(1, "")], "no_label"),
        ("resolve", [(n, "") for n in range(1001)], "too_many"),
    ],
)
def test_what_makes_no_sense_is_refused_as_a_whole(
    acme: Company, operation: str, items: list[tuple[int, str]], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        start(acme, "admin", operation, *items)
    assert refused.value.code == code


def test_many_are_done_by_a_worker_in_parts_and_can_be_cancelled(world: World) -> None:
    acme = filled(world.acme, 55)
    batch = start(acme, "admin", "resolve", *range(1, 54))
    assert (batch.state, batch.done) == ("waiting", 0)
    with acme.acting():
        assert [row.pk for row in queries.tray_of(acme.admin)] == [batch.pk]
        part = actions.run_batch(batch, limit=20)
    assert (part.state, part.done) == ("waiting", 20)
    with pytest.raises(PermissionDenied), acme.acting("sari"):
        actions.cancel_batch(batch, by=acme.sari)
    with acme.acting("admin"):
        ended = actions.cancel_batch(batch, by=acme.admin)
    run_batches(acme.id)
    assert (ended.state, ended.done, ended.total) == ("cancelled", 20, 53)
    with acme.acting():
        assert Conversation.objects.filter(status="resolved").count() == 20
    second = start(acme, "admin", "resolve", *range(1, 56))
    run_batches(acme.id)
    with acme.acting():
        second.refresh_from_db()
        assert (second.state, second.done, second.refused) == ("done", 55, 0)
        assert not Conversation.objects.exclude(status="resolved").exists()
        events = LedgerEntry.objects.filter(name="batch.finished", facts__batch_id=second.pk)
        assert events.count() == 1


def test_of_a_member_who_left_nothing_more_is_done(world: World) -> None:
    acme = filled(world.acme, 51)
    batch = start(acme, "sari", "accept", *range(1, 52))
    with acme.acting("admin"):
        from accounts import actions as accounts

        accounts.deactivate_member(acme.sari, by=acme.admin)
    run_batches(acme.id)
    with acme.acting():
        batch.refresh_from_db()
    assert (batch.state, batch.done) == ("cancelled", 0)


def test_the_page_posts_polls_and_shows_why(acme: Company) -> None:
    start(acme, "budi", "accept", 2)
    page = browser_of(acme.sari)
    chosen = page.get(f"{PATH}selection/?view=queue").json()["items"]
    assert sorted(chosen) == ["1:queued:", "3:queued:", "4:queued:", "5:queued:", "6:queued:"]
    said = {"operation": "accept", "items": ",".join([*chosen, "2:queued:"])}
    state = page.post(f"{PATH}bulk/", said).json()
    assert (state["done"], state["refused"]) == (5, 1)
    assert page.get(state["url"], headers={"Accept": "application/json"}).json()["done"] == 5
    shown = page.get(state["url"], headers={"X-Fragment": "dialog"}).content.decode()
    assert "Budi" in shown
    assert page.post(f"{PATH}bulk/", {"operation": "accept", "items": "1;drop"}).status_code == 422
    assert page.post(f"{PATH}bulk/", {"operation": "explode", "items": "1"}).status_code == 422
    assert page.get(f"{PATH}bulk/explode/").status_code == 404


def test_nobody_reaches_another_workspace_with_it(acme: Company, world: World) -> None:
    world.globex.hears("Halo", "6281355511111", "Rahasia")
    stranger = world.globex.people["stranger"]
    batch = start(acme, "admin", "resolve", 1)
    theirs = browser_of(stranger)
    assert theirs.get(f"/w/globex/inbox/batches/{batch.uuid}/").status_code == 404
    page = browser_of(acme.admin)
    wrong = {"operation": "transfer", "items": "2", "members": [stranger.pk]}
    assert page.post(f"{PATH}bulk/", wrong).status_code == 422
    with world.globex.acting():
        assert Conversation.objects.get().status == "queued"


def test_the_api_does_it_once_for_a_key_and_tells_each(acme: Company) -> None:
    page, path = browser_of(acme.sari), "/w/acme/api/v1/conversations/bulk/"
    body = {"operation": "accept", "conversations": [1, 2, 77]}

    def post() -> Any:
        headers = {"Idempotency-Key": "k1"}
        return page.post(path, body, content_type="application/json", headers=headers)

    first, second = post(), post()
    assert first.status_code == second.status_code == 201
    assert first.json()["uuid"] == second.json()["uuid"]
    items = {row["number"]: row["code"] or row["state"] for row in first.json()["items"]}
    assert items == {1: "done", 2: "done", 77: "gone"}
    with acme.acting():
        assert Batch.objects.count() == 1
    too_many = {"operation": "accept", "conversations": list(range(1, 1002))}
    assert page.post(path, too_many, content_type="application/json").status_code == 400
    ids = [acme.sari.pk] * 101
    everybody = {"operation": "transfer", "conversations": [1], "members": ids}
    refused = page.post(path, everybody, content_type="application/json")
    assert refused.status_code == 400
    assert "100" in refused.content.decode()


def test_two_at_once_share_without_losing_or_doubling(committed_world: World) -> None:
    acme = filled(committed_world.acme, 12)

    def take(who: str, numbers: list[int]) -> Batch:
        try:
            return start(acme, who, "accept", *numbers)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        up = pool.submit(take, "sari", list(range(1, 13)))
        down = pool.submit(take, "budi", list(range(12, 0, -1)))
        first, second = up.result(20), down.result(20)
    assert first.done + second.done == 12
    assert first.refused + second.refused == 12
    codes = {*outcome(acme, first).values(), *outcome(acme, second).values()}
    assert codes == {"done", "taken"}
    assert len(owners(acme)) == 12
