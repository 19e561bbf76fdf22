"""Labels: made by administrators, put on by whoever sees, shown to everybody alike (F27)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity import queries as feed
from activity.live.render import prepare
from activity.models import LedgerEntry
from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.models import ConversationLabel, Label
from tests.people import Company, World, browser_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def acme(world: World) -> Company:
    """Two labels, and a conversation that Sari has."""
    company = world.acme
    with company.acting("admin"):
        actions.create_label(by=company.admin, name="Keluhan", hue=0)
        actions.create_label(by=company.admin, name="Retur", hue=7)
    row = company.conversation(company.hears())
    with company.acting("sari"):
        actions.accept(row, by=company.sari)
    return company


def label(company: Company, name: str) -> Label:
    with company.acting():
        return Label.objects.get(name=name)


def test_a_label_is_put_on_and_stands_in_row_details_and_ledger(acme: Company) -> None:
    page = browser_of(acme.sari)
    chosen = {"labels": [label(acme, "Retur").pk, label(acme, "Keluhan").pk]}
    answer = page.post("/w/acme/inbox/1/labels/", chosen, headers=JSON).json()
    assert "Keluhan" in answer["row"]
    assert answer["row"].index("Keluhan") < answer["row"].index("Retur")
    assert "hue-7" in page.get("/w/acme/inbox/?view=mine").content.decode()
    assert "Retur" in page.get("/w/acme/inbox/1/thread/").content.decode()
    with acme.acting():
        row = ConversationLabel.objects.select_related("added_by").first()
        assert row
        assert row.added_by == acme.sari
        entry = LedgerEntry.objects.get(name="conversation.labelled")
        assert len(entry.facts["added"]) == 2
        (shown,) = prepare(feed.entries_after(entry.seq - 1, 1), ["id"])
        assert "Keluhan" in shown.frames["id"]


def test_what_is_not_chosen_is_taken_off_and_nothing_twice(acme: Company) -> None:
    row, retur = acme.conversation(1), label(acme, "Retur")
    with acme.acting("sari"):
        actions.set_labels(row, by=acme.sari, labels=[retur, retur])
        actions.set_labels(row, by=acme.sari, labels=[retur])
        actions.set_labels(row, by=acme.sari, labels=[])
        assert queries.label_ids(row) == set()
    with acme.acting():
        entries = LedgerEntry.objects.filter(name="conversation.labelled").order_by("seq")
        assert [(e.facts["added"], e.facts["removed"]) for e in entries] == [
            ([retur.pk], []),
            ([], [retur.pk]),
        ]


def test_all_labels_can_be_taken_off_in_the_dialog(acme: Company) -> None:
    page, chosen = browser_of(acme.sari), {"labels": [label(acme, "Retur").pk]}
    page.post("/w/acme/inbox/1/labels/", chosen)
    assert page.post("/w/acme/inbox/1/labels/", {}, headers=JSON).status_code == 200
    with acme.acting():
        assert not ConversationLabel.objects.exists()


def test_a_label_that_was_put_away_stays_but_is_not_put_on_any_more(acme: Company) -> None:
    row, retur = acme.conversation(1), label(acme, "Retur")
    second = acme.conversation(acme.hears("Halo", "6281355500002", "Dua"))
    with acme.acting("sari"):
        actions.set_labels(row, by=acme.sari, labels=[retur])
    with acme.acting("admin"):
        retur = actions.set_label_activity(retur, by=acme.admin, is_active=False)
    with acme.acting("sari"):
        keluhan = Label.objects.get(name="Keluhan")
        actions.set_labels(row, by=acme.sari, labels=[retur, keluhan])
        assert len(queries.label_ids(row)) == 2
        assert list(queries.choosable_labels(second)) == [keluhan]
    with pytest.raises(Refused) as refused, acme.acting("sari"):
        actions.set_labels(second, by=acme.sari, labels=[retur])
    assert refused.value.code == "label_inactive"


def test_only_administrators_make_labels_and_only_who_sees_puts_them_on(acme: Company) -> None:
    for who in ("sari", "supervisor"):
        with pytest.raises(PermissionDenied), acme.acting(who):
            actions.create_label(by=acme.people[who], name="X", hue=1)
    row, retur = acme.conversation(1), label(acme, "Retur")
    for who in ("gita", "nona"):
        with pytest.raises(PermissionDenied), acme.acting(who):
            actions.set_labels(row, by=acme.people[who], labels=[retur])
        assert browser_of(acme.people[who]).get("/w/acme/inbox/1/labels/").status_code == 404


def test_names_are_unique_whatever_their_case(acme: Company) -> None:
    with pytest.raises(Refused) as refused, acme.acting("admin"):
        actions.create_label(by=acme.admin, name=" keluhan ", hue=1)
    assert refused.value.code == "name_taken"
    page = browser_of(acme.admin)
    assert page.post("/w/acme/settings/labels/", {"name": "RETUR", "hue": 1}).status_code == 422
    assert page.post("/w/acme/settings/labels/", {"name": "Baru", "hue": 99}).status_code == 422
    made = page.post("/w/acme/settings/labels/", {"name": "Baru", "hue": 11})
    assert made.status_code == 302
    with acme.acting():
        assert Label.objects.get(name="Baru").hue == 11


def test_labels_of_another_workspace_do_not_exist(acme: Company, world: World) -> None:
    with world.globex.acting():
        theirs = actions.create_label(by=world.globex.owner, name="Rahasia", hue=1)
    page = browser_of(acme.admin)
    assert page.get(f"/w/acme/settings/labels/{theirs.pk}/").status_code == 404
    answer = page.post("/w/acme/inbox/1/labels/", {"labels": [theirs.pk]})
    assert answer.status_code == 422
    api = page.put(
        "/w/acme/api/v1/conversations/1/labels/",
        {"labels": [theirs.pk]},
        content_type="application/json",
    )
    assert api.status_code == 400
    assert b"Rahasia" not in page.get("/w/acme/api/v1/labels/").content


def test_the_api_sets_labels_and_shows_them(acme: Company) -> None:
    page, retur = browser_of(acme.sari), label(acme, "Retur")
    path = "/w/acme/api/v1/conversations/1/"
    body = {"labels": [retur.pk]}
    answer = page.put(f"{path}labels/", body, content_type="application/json")
    assert [row["name"] for row in answer.json()] == ["Retur"]
    assert page.get(path).json()["labels"] == [retur.pk]


def test_labels_cost_the_list_no_query(acme: Company) -> None:
    def queries_of_list() -> int:
        with (
            acme.acting(),
            CaptureQueriesContext(
                connection,
            ) as captured,
        ):
            rows = queries.inbox_list(acme.admin, view="all")
            assert all(row.shown_labels is not None for row in rows)  # type: ignore[attr-defined]
        return len(captured)

    one = queries_of_list()
    retur, keluhan = label(acme, "Retur"), label(acme, "Keluhan")
    for n in range(2, 8):
        row = acme.conversation(acme.hears("Halo", f"62813555000{n:02}", f"C{n}"))
        with acme.acting("admin"):
            actions.set_labels(row, by=acme.admin, labels=[retur, keluhan])
    assert queries_of_list() == one
