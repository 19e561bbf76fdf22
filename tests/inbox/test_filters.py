"""The filter of the list and its saved views (F33, F34): what fits, for whom, and at what cost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import attempt
from inbox import actions, queries
from inbox.models import Conversation, Label, Message, SavedView
from tests.people import Company, World, browser_of

JAKARTA = ZoneInfo("Asia/Jakarta")
LIST = "/w/acme/inbox/"


@pytest.fixture
def acme(world: World) -> Company:
    """1 waits in Support; 2 is Sari's, labelled Retur; 3 is Budi's, labelled Keluhan; 4 waits in
    Shipping; 5 is resolved; 6 is Gita's in Finance."""
    company = world.acme
    for n in range(1, 7):
        company.hears("Halo", f"62813555000{n:02}", f"C{n}")
    with company.acting("admin"):
        admin, rows = company.admin, {row.number: row for row in Conversation.objects.all()}
        labels = [actions.create_label(by=admin, name=n, hue=0) for n in ("Retur", "Keluhan")]
        actions.transfer(rows[2], by=admin, member=company.sari)
        actions.transfer(rows[3], by=admin, member=company.budi)
        actions.transfer(rows[4], by=admin, department=company.departments["Shipping"])
        actions.resolve(rows[5], by=admin)
        finance = company.departments["Finance"]
        actions.transfer(rows[6], by=admin, member=company.gita, department=finance)
        actions.set_labels(rows[2], by=admin, labels=[labels[0]])
        actions.set_labels(rows[3], by=admin, labels=[labels[1]])
    return company


def listed(company: Company, who: str, query: str) -> list[int]:
    """The numbers of the rows on a member's page."""
    page = browser_of(company.people[who])
    answer = page.get(f"{LIST}?{query}", headers={"X-Fragment": "rows"})
    assert answer.status_code == 200
    return sorted(row.number for row in answer.context["conversations"])


def pk(company: Company, name: str) -> int:
    with company.acting():
        return Label.objects.get(name=name).pk


def test_each_filter_finds_its_own(acme: Company) -> None:
    retur, keluhan = pk(acme, "Retur"), pk(acme, "Keluhan")
    shipping, sari = acme.departments["Shipping"].pk, acme.sari.pk
    wanted = {
        "view=all": [1, 2, 3, 4, 6],
        "view=all&status=resolved": [5],
        "view=queue&status=handled&status=resolved": [2, 3, 5, 6],
        f"view=all&label={retur}": [2],
        f"view=all&label={retur}&label={keluhan}": [2, 3],
        f"view=all&department={shipping}": [4],
        f"view=all&assignee={sari}": [2],
        f"view=all&assignee={sari}&assignee=none": [1, 2, 4],
        "view=all&assignee=me": [],
        f"view=all&channel={acme.channel.pk}": [1, 2, 3, 4, 6],
        "view=all&channel=999999": [],
        "view=all&unread=true": [1, 2, 3, 4, 6],
        "view=all&unread=false": [],
        f"view=queue&label={retur}": [],
    }
    assert {query: listed(acme, "admin", query) for query in wanted} == wanted
    assert listed(acme, "sari", "view=all&assignee=me") == [2]


def test_a_filter_widens_nobodys_sight(acme: Company) -> None:
    keluhan, finance = pk(acme, "Keluhan"), acme.departments["Finance"].pk
    assert listed(acme, "sari", f"view=all&label={keluhan}") == []
    assert listed(acme, "sari", f"view=all&department={finance}") == []
    assert listed(acme, "sari", f"view=all&assignee={acme.gita.pk}") == []
    assert listed(acme, "gita", "view=all&status=handled") == [6]


def test_rows_that_are_asked_about_are_those_that_fit_and_may_be_seen(acme: Company) -> None:
    retur = pk(acme, "Retur")
    with acme.acting():
        ids = {row.number: row.pk for row in Conversation.objects.all()}
    every = "&".join(f"id={pk}" for pk in ids.values())

    def asked(who: str, query: str) -> list[int]:
        page = browser_of(acme.people[who])
        answer = page.get(f"{LIST}rows/?{query}&{every}&id=abc")
        return sorted(row.number for row in answer.context["conversations"])

    assert asked("admin", f"view=all&label={retur}") == []  # one wrong id: nothing is guessed
    page = browser_of(acme.admin)
    answer = page.get(f"{LIST}rows/?view=all&label={retur}&{every}")
    assert [row.number for row in answer.context["conversations"]] == [2]
    hidden = browser_of(acme.gita).get(f"{LIST}rows/?view=all&{every}")
    assert [row.number for row in hidden.context["conversations"]] == [6]


def said_at(company: Company, number: int, *moments: datetime) -> None:
    with company.acting():
        row = Conversation.objects.get(number=number)
        row.messages.filter(direction="in").update(sent_at=moments[0])
        first = row.messages.get(direction="in")
        for moment in moments[1:]:
            Message.objects.create(
                conversation=row, channel=company.channel, direction="in", sent_at=moment
            )
        assert first.pk
        Conversation.objects.filter(pk=row.pk).update(last_message_at=max(moments))


def test_the_interval_is_continuous_and_in_the_workspaces_zone(acme: Company) -> None:
    """13 April 06.00 to 27 April 17.00: a night in between belongs to it, an hour before not."""
    said_at(acme, 1, datetime(2026, 4, 13, 5, 59, tzinfo=JAKARTA))
    said_at(acme, 2, datetime(2026, 4, 13, 6, 0, tzinfo=JAKARTA))
    said_at(acme, 3, datetime(2026, 4, 20, 3, 0, tzinfo=JAKARTA))
    said_at(acme, 4, datetime(2026, 4, 27, 17, 1, tzinfo=JAKARTA))
    last = datetime(2026, 4, 27, 17, 0, tzinfo=JAKARTA)
    said_at(acme, 6, last, last + timedelta(days=9))
    query = "view=all&since=2026-04-13T06:00&until=2026-04-27T17:00"
    assert listed(acme, "admin", query) == [2, 3, 6]
    assert listed(acme, "admin", f"{query}&daily=true") == [2, 6]
    night = "view=all&since=2026-04-13T22:00&until=2026-04-27T04:00&daily=true"
    assert listed(acme, "admin", night) == [3]
    assert listed(acme, "admin", "view=all&since=2026-04-27T17:01") == [4, 6]
    assert listed(acme, "admin", "view=all&until=2026-04-13T05:59") == [1]


def test_what_makes_no_sense_is_no_filter_on_a_page_and_an_error_in_the_api(acme: Company) -> None:
    wrong = "label=x&since=gestern&status=asleep&unread=maybe&assignee=%00&channel=-1"
    assert listed(acme, "admin", f"view=all&{wrong}") == [1, 2, 3, 4, 6]
    page = browser_of(acme.admin)
    for part in wrong.split("&"):
        assert page.get(f"/w/acme/api/v1/conversations/?{part}").status_code == 400, part


@pytest.mark.parametrize("day", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_a_day_at_the_end_of_the_calendar_is_no_filter(acme: Company, day: str) -> None:
    page = browser_of(acme.admin)
    rest = "view=all&since=2026-01-01T00:00&until=2026-02-01T00:00&daily=true"
    for name in ("since", "until"):
        assert page.get(f"/w/acme/inbox/?{rest}&{name}={day}").status_code == 200
        assert page.get(f"/w/acme/api/v1/conversations/?{name}={day}").status_code == 400


def test_the_api_has_the_same_filters(acme: Company) -> None:
    def found(who: str, query: str) -> list[int]:
        page = browser_of(acme.people[who])
        rows = page.get(f"/w/acme/api/v1/conversations/?{query}").json()["results"]
        return sorted(row["number"] for row in rows)

    assert found("admin", f"label={pk(acme, 'Retur')}&status=handled") == [2]
    assert found("admin", "status=resolved&status=queued") == [1, 4, 5]
    assert found("sari", "assignee=me") == [2]
    assert found("admin", "unassigned=true&status=queued") == [1, 4]


def test_the_page_says_what_is_chosen_and_how_to_take_it_away(acme: Company) -> None:
    query = f"view=all&label={pk(acme, 'Retur')}&status=resolved&assignee={acme.sari.pk}"
    page = browser_of(acme.admin)
    answer = page.get(f"{LIST}?{query}")
    texts = {chip["text"] for chip in answer.context["chips"]}
    assert {"Retur", "Sari"} < texts
    retur = next(chip for chip in answer.context["chips"] if chip["text"] == "Retur")
    assert "label" not in retur["without"]
    assert "status=resolved" in retur["without"]
    assert not answer.context["conversations"]
    panel = page.get(f"{LIST}filter/?{query}", headers={"X-Fragment": "dialog"}).content.decode()
    assert panel.count(" checked") == 3


def test_names_of_another_workspace_are_not_told(acme: Company, world: World) -> None:
    with world.globex.acting():
        theirs = actions.create_label(by=world.globex.owner, name="Rahasia", hue=1)
    answer = browser_of(acme.admin).get(f"{LIST}?view=all&label={theirs.pk}")
    assert b"Rahasia" not in answer.content
    assert b"Rahasia" not in browser_of(acme.admin).get(f"{LIST}filter/").content


def test_older_rows_are_those_of_the_same_filter(acme: Company, monkeypatch: Any) -> None:
    monkeypatch.setattr("inbox.screens.page.PAGE", 1)
    page, seen, url = browser_of(acme.admin), [], f"{LIST}?view=all&unread=true&assignee=none"
    pages = 0
    while url:
        pages += 1
        answer = page.get(url, headers={"X-Fragment": "rows"})
        seen += [row.number for row in answer.context["conversations"]]
        url = answer.context["more_url"]
    assert sorted(seen) == [1, 4]
    assert pages == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [("daily=true", 0), ("until=2030-01-01T00:00&daily=true", 1), ("since=2020-01-01T00:00", 1)],
)
def test_hours_of_each_day_need_both_ends(acme: Company, query: str, count: int) -> None:
    answer = browser_of(acme.admin).get(f"{LIST}?view=all&{query}")
    assert len(answer.context["chips"]) == count
    assert all(len(chip["text"]) > 12 for chip in answer.context["chips"])


def test_a_filter_costs_the_rows_one_query_for_each_kind_of_name(acme: Company) -> None:
    page = browser_of(acme.admin)

    def cost(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page.get(f"{LIST}?{query}", headers={"X-Fragment": "rows"})
        return len(captured)

    plain = cost("view=mine")
    assert cost("view=mine&unread=true") == plain
    label = pk(acme, "Retur")
    assert cost(f"view=mine&label={label}&label={pk(acme, 'Keluhan')}") == plain + 1


# Saved views


def save(company: Company, who: str, **more: Any) -> SavedView:
    with company.acting(who):
        by = company.people[who]
        return actions.save_view(by=by, **{"name": "Retur", "query": "view=all", **more})


def seen_by(company: Company, who: str) -> set[str]:
    with company.acting():
        return {view.name for view in queries.saved_views(company.people[who])}


def test_a_view_keeps_what_makes_sense_of_the_address(acme: Company) -> None:
    page, label = browser_of(acme.sari), pk(acme, "Retur")
    query = f"label={label}&view=all&before_id=3&nonsense=1&unread=true"
    answer = page.post(f"{LIST}views/?{query}", {"name": " Retur baru "})
    with acme.acting():
        view = SavedView.objects.get()
    assert (view.name, view.owner_id, view.sharing) == ("Retur baru", acme.sari.pk, "own")
    assert view.query == f"view=all&label={label}&unread=true"
    assert answer.headers["Location"] == f"{LIST}?{view.query}"
    assert "Retur baru" in page.get(LIST).content.decode()


def test_a_view_is_ones_own_until_who_steers_shares_it(acme: Company) -> None:
    support = acme.departments["Support"]
    save(acme, "sari", name="Sari")
    save(acme, "supervisor", name="Semua", sharing="all")
    save(acme, "admin", name="Support", sharing="department", department=support)
    assert seen_by(acme, "sari") == {"Sari", "Semua", "Support"}
    assert seen_by(acme, "gita") == {"Semua"}
    assert seen_by(acme, "admin") == {"Semua", "Support"}
    with pytest.raises(PermissionDenied):
        save(acme, "sari", sharing="all")
    with pytest.raises(Refused):
        save(acme, "admin", sharing="department")
    page = browser_of(acme.sari)  # who may not share is not asked: the field does not exist
    page.post(f"{LIST}views/?view=mine", {"name": "Curi", "sharing": "all"})
    assert "Curi" not in seen_by(acme, "gita")


def test_views_are_changed_by_their_owner_and_shared_ones_by_administrators(acme: Company) -> None:
    own, shared = save(acme, "sari"), save(acme, "supervisor", name="Semua", sharing="all")
    for who, view in (("budi", own), ("sari", shared), ("admin", own)):
        with pytest.raises(PermissionDenied), acme.acting(who):
            actions.delete_view(view, by=acme.people[who])
    with acme.acting("admin"):
        actions.edit_view(shared, by=acme.admin, name="Kita", sharing="all", department=None)
    with acme.acting("sari"):
        actions.delete_view(own, by=acme.sari)
    assert seen_by(acme, "sari") == {"Kita"}
    assert browser_of(acme.sari).get(f"{LIST}views/{shared.pk}/").status_code == 403


def test_who_may_not_share_any_more_only_renames(acme: Company) -> None:
    support, finance = acme.departments["Support"], acme.departments["Finance"]
    with acme.acting("supervisor"):
        wish = {"sharing": "department", "department": support}
        view = actions.save_view(by=acme.supervisor, name="Tim", query="", **wish)
    with acme.acting():
        Member.objects.filter(pk=acme.supervisor.pk).update(role="agent")
        former = Member.objects.get(pk=acme.supervisor.pk)
    with acme.acting("supervisor"):
        assert actions.edit_view(view, by=former, **{**wish, "name": "Kita"}).name == "Kita"
        for other in ({**wish, "department": finance}, {"sharing": "own"}):
            with pytest.raises(PermissionDenied), attempt():
                actions.edit_view(view, by=former, name="Kita", **other)


def test_views_of_another_workspace_do_not_exist(acme: Company, world: World) -> None:
    with world.globex.acting():
        owner = world.globex.owner
        theirs = actions.save_view(by=owner, name="Rahasia", query="view=all", sharing="all")
    assert seen_by(acme, "admin") == set()
    page = browser_of(acme.admin)
    assert page.get(f"{LIST}views/{theirs.pk}/").status_code == 404
    assert page.delete(f"/w/acme/api/v1/views/{theirs.pk}/").status_code == 404


def test_the_api_saves_lists_changes_and_deletes_views(acme: Company) -> None:
    page, path = browser_of(acme.supervisor), "/w/acme/api/v1/views/"
    body = {"name": "Belum dibaca", "query": "unread=true&x=1", "sharing": "all"}
    made = page.post(path, body, content_type="application/json")
    assert made.json()["query"] == "view=queue&unread=true"
    assert [row["name"] for row in browser_of(acme.gita).get(path).json()] == ["Belum dibaca"]
    one = f"{path}{made.json()['id']}/"
    wrong = {"name": "X", "sharing": "department"}
    assert page.put(one, wrong, content_type="application/json").status_code == 400
    assert page.put(one, {"name": "Baru"}, content_type="application/json").json()["name"] == "Baru"
    assert page.delete(one).status_code == 204
    assert page.get(path).json() == []
