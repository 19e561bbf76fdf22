"""Undo: the state of before, exactly; or an honest refusal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from activity.models import LedgerEntry
from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.actions.undoing import standing
from inbox.models import Conversation, Step
from tests.people import Company, World, browser_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def acme(world: World) -> Company:
    world.acme.hears()
    return world.acme


def now(company: Company, number: int = 1) -> dict[str, Any]:
    with company.acting():
        return standing(Conversation.objects.get(number=number))


def do(company: Company, who: str, name: str, **more: Any) -> Any:
    with company.acting(who):
        act = getattr(actions, name)
        return act(company.conversation(1), by=company.people[who], **more)


def undo(company: Company, who: str, step: Step | None = None) -> Conversation:
    with company.acting(who):
        last = step or Step.objects.latest("id")
        return actions.undo(last, by=company.people[who])


@pytest.mark.parametrize("name", ["accept", "release", "transfer", "department", "resolve"])
def test_everything_stands_as_before(acme: Company, name: str) -> None:
    who = "sari" if name == "accept" else "admin"
    if name != "accept":
        do(acme, "sari", "accept")
    before = now(acme)
    more: dict[str, Any] = {"transfer": {"member": acme.gita}}.get(name, {})
    if name == "department":
        more = {"department": acme.departments["Finance"]}
    do(acme, who, "transfer" if name == "department" else name, **more)
    assert now(acme) != before
    undo(acme, who)
    assert now(acme) == before
    last = acme.messages(1)[-1]
    assert last.data["fact"].startswith("undone_")
    with acme.acting():
        entry = LedgerEntry.objects.latest("seq")
        assert entry.name == "conversation.restored"
        assert entry.facts["message_id"] == last.pk


def test_whoever_gets_it_back_sees_it_and_whoever_loses_it_is_told(acme: Company) -> None:
    do(acme, "sari", "accept")
    do(acme, "sari", "transfer", member=acme.gita)
    assert browser_of(acme.gita).get("/w/acme/inbox/1/").status_code == 200
    undo(acme, "sari")
    assert browser_of(acme.gita).get("/w/acme/inbox/1/").status_code == 404
    assert browser_of(acme.sari).get("/w/acme/inbox/1/").status_code == 200
    with acme.acting():
        assert f"m:{acme.gita.pk}" in LedgerEntry.objects.latest("seq").lost


def test_labels_come_back(acme: Company) -> None:
    with acme.acting("admin"):
        one = actions.create_label(by=acme.admin, name="A", hue=0)
        two = actions.create_label(by=acme.admin, name="B", hue=0)
    do(acme, "admin", "set_labels", labels=[one])
    do(acme, "admin", "set_labels", labels=[two])
    acme.hears("lagi")  # what the customer writes does not matter for labels
    row = undo(acme, "admin")
    with acme.acting():
        assert queries.label_ids(row) == {one.pk}
    do(acme, "admin", "set_labels", labels=[one, two])
    with acme.acting():
        step = Step.objects.latest("id")
    do(acme, "admin", "set_labels", labels=[])
    with pytest.raises(Refused) as refused:
        undo(acme, "admin", step)
    assert refused.value.code == "changed"


def test_twice_is_once(acme: Company) -> None:
    do(acme, "sari", "accept")
    with acme.acting():
        step = Step.objects.get()
    undo(acme, "sari", step)
    undo(acme, "sari", step)
    assert [m.data.get("fact") for m in acme.messages(1)].count("undone_accept") == 1


def test_what_happened_since_is_not_undone_with_it(acme: Company) -> None:
    do(acme, "sari", "accept")
    acme.hears("masih ada?")
    before = now(acme)
    with pytest.raises(Refused) as refused:
        undo(acme, "sari")
    assert refused.value.code == "changed"
    assert now(acme) == before


def test_a_newer_conversation_of_the_customer_keeps_the_old_one_closed(acme: Company) -> None:
    do(acme, "sari", "accept")
    do(acme, "sari", "resolve")
    assert acme.hears("halo lagi") == 2
    with pytest.raises(Refused) as refused:
        undo(acme, "sari")
    assert refused.value.code == "newer_exists"
    assert now(acme)["status"] == "resolved"


def test_too_late_not_ones_own_and_not_to_somebody_who_left(acme: Company) -> None:
    do(acme, "sari", "accept")
    with pytest.raises(PermissionDenied):
        undo(acme, "budi")
    with acme.acting():
        Step.objects.update(at=timezone.now() - timedelta(seconds=16))
    with pytest.raises(Refused) as refused:
        undo(acme, "sari")
    assert refused.value.code == "too_late"
    do(acme, "admin", "transfer", member=acme.gita)
    with acme.acting():
        type(acme.sari).objects.filter(pk=acme.sari.pk).update(is_active=False)
    with pytest.raises(Refused) as gone:
        undo(acme, "admin")
    assert gone.value.code == "no_target"


def test_the_page_gets_the_offer_and_takes_it(acme: Company) -> None:
    page = browser_of(acme.sari)
    answer = page.post("/w/acme/inbox/1/accept/", headers=JSON).json()
    assert answer["undo"]
    assert page.post("/w/acme/inbox/1/accept/", headers=JSON).json()["undo"] == ""  # nothing done
    assert browser_of(acme.budi).post(answer["undo"], headers=JSON).status_code == 404
    back = page.post(answer["undo"], headers=JSON).json()
    assert back["conversation"]["status"] == "queued"
    assert back["undo"] == ""


def test_a_whole_batch_as_far_as_nothing_happened_since(acme: Company) -> None:
    acme.hears("Halo", "6281355500002", "Dua")
    page = browser_of(acme.admin)
    said = {"operation": "transfer", "items": "1,2", "members": [acme.sari.pk]}
    state = page.post("/w/acme/inbox/bulk/", said).json()
    assert state["undo"]
    acme.hears("lagi", "6281355500002", "Dua")
    answer = page.post(f"{state['url']}undo/").json()
    assert (answer["done"], answer["left"]) == (1, 1)
    assert (now(acme)["status"], now(acme, 2)["status"]) == ("queued", "handled")
    theirs = browser_of(acme.budi).post(f"{state['url']}undo/")
    assert theirs.status_code == 404


def test_of_an_undo_and_a_colleague_at_once_one_wins(committed_world: World) -> None:
    """Sari takes back while the administrator transfers: both orders are fine, no mixture is."""
    acme = committed_world.acme
    acme.hears()
    do(acme, "sari", "accept")
    with acme.acting():
        step = Step.objects.get()

    def run(act: Any) -> str:
        try:
            act()
            return "done"
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        back = pool.submit(run, lambda: undo(acme, "sari", step))
        moved = pool.submit(run, lambda: do(acme, "admin", "transfer", member=acme.budi))
        results = back.result(20), moved.result(20)
    assert results[0] in ("done", "changed")
    assert now(acme)["assignee_id"] == (acme.budi.pk if results[1] == "done" else None)


def test_steps_are_forgotten_after_a_day(acme: Company) -> None:
    do(acme, "sari", "accept")
    with acme.acting():
        assert actions.sweep_steps() == 0
        Step.objects.update(at=timezone.now() - timedelta(days=2))
        assert actions.sweep_steps() == 1
