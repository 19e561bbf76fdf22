"""Mentions: who is called into a note, who is offered, and who is told."""

from __future__ import annotations

import pytest

from accounts.models import Member
from accounts.queries import access_of, accesses
from activity.models import LedgerEntry
from inbox import actions, queries
from inbox.fragments import bubble_html
from inbox.mentioning import Named, called
from inbox.models import Conversation, Mention, Message
from tests.guards.test_sight import shuffled
from tests.people import Company, World, browser_of


@pytest.fixture
def talk(world: World) -> Conversation:
    """Sari has it; administrators and her supervisor see it too."""
    acme = world.acme
    row = acme.conversation(acme.hears())
    with acme.acting("sari"):
        actions.accept(row, by=acme.sari)
    return acme.conversation(row.number)


def note(company: Company, talk: Conversation, text: str, who: str = "sari") -> Message:
    with company.acting(who):
        return actions.add_note(talk, by=company.people[who], text=text)


def mentioned(company: Company) -> list[str]:
    with company.acting():
        rows = Mention.objects.select_related("member").order_by("id")
        return sorted(row.member.name for row in rows)


def member(name: str, pk: int) -> Named:
    return Named("member", pk, name, frozenset({pk}))


KNOWN = [member("Budi", 1), member("Budi Santoso", 2), member("Sari", 3), member("Élodie", 4)]
KNOWN += [member("Weiß", 5), member("İlker", 6)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@Budi tolong", [1]),
        ("@Budi Santoso, tolong", [2]),
        ("@budi santoso.", [2]),
        ("(@Sari) dan @Sari", [3]),
        ("@Budi@Sari", [1]),
        ("surat@Budi", []),
        ("a.@Budi", []),
        ("@Budiman", []),
        ("@Sari_", []),
        ("@élodie?", [4]),
        ("@Weiß", [5]),
        ("@İlker", [6]),
        ("@BUDİ", [1]),
        ("tanpa", []),
        ("@", []),
    ],
)
def test_who_is_called(text: str, ids: list[int]) -> None:
    assert [one.id for one in called(text, KNOWN)] == ids


def test_names_are_words_and_no_patterns() -> None:
    odd = [member("A.*(", 1), member("[x]", 2), member("", 3)]
    assert called("@aaaa @A", odd) == []
    assert [one.id for one in called("@A.*( dan @[x]", odd)] == [1, 2]


def test_a_call_in_letters_that_fold_otherwise_is_shown(world: World, talk: Conversation) -> None:
    """An i with or without its dot matches the other one, and folds to something else."""
    row = note(world.acme, talk, "@Admin, @ADMİN, @admın")
    with world.acme.acting():
        assert bubble_html(row, talk).count('class="mention"') == 3


def test_a_note_calls_those_who_see_it(world: World, talk: Conversation) -> None:
    acme = world.acme
    row = note(acme, talk, "@Admin dan @Gita dan @Sari tolong")
    assert mentioned(acme) == ["Admin"], "Gita may not see it, and nobody calls herself"
    assert [one["name"] for one in row.data["mentions"]] == ["Admin", "Sari"]
    with acme.acting():
        (entry,) = LedgerEntry.objects.filter(name="member.mentioned")
        assert entry.audience == [f"p:{acme.admin.pk}"]
        assert entry.facts["member_id"] == acme.admin.pk


def test_a_department_calls_those_of_it_who_see_the_conversation(
    world: World, talk: Conversation
) -> None:
    acme = world.acme
    note(acme, talk, "@Shipping ada stok?", who="admin")
    assert mentioned(acme) == ["Sari", "Supervisor"]
    with acme.acting():
        names = [one.name for one in queries.callable_in(talk)]
    assert "Shipping" in names
    assert "Finance" not in names


def test_all_who_have_the_same_name_are_meant(world: World, talk: Conversation) -> None:
    acme = world.acme
    with acme.acting():
        Member.objects.filter(pk=acme.owner.pk).update(name="Admin")
    note(acme, talk, "@admin")
    assert mentioned(acme) == ["Admin", "Admin"]


def test_who_is_offered_is_who_may_see_it(world: World, talk: Conversation) -> None:
    path = f"/w/acme/inbox/{talk.number}/people/"
    offered = browser_of(world.acme.sari).get(path).json()["people"]
    names = {one["label"] for one in offered}
    assert {"Supervisor", "Admin", "Shipping"} <= names
    assert not {"Gita", "Nona", "Budi", "Finance", "Stranger", "Sari"} & names
    assert browser_of(world.acme.gita).get(path).status_code == 404


@pytest.mark.parametrize("seed", range(6))
def test_reach_of_many_is_the_reach_of_each(world: World, seed: int) -> None:
    with world.acme.acting():
        shuffled(world.acme, seed)
        found = accesses(list(Member.objects.all()))
        for row in Member.objects.all():
            assert found[row.pk] == access_of(row)


def test_the_view_the_count_and_reading(world: World, talk: Conversation) -> None:
    acme = world.acme
    note(acme, talk, "@Admin lihat")
    note(acme, talk, "@Admin lagi")
    with acme.acting("admin"):
        assert [row.pk for row in queries.inbox_list(acme.admin, "mentioned")] == [talk.pk]
        assert queries.counts(acme.admin)["mentioned"] == 1
        assert queries.unread_mentions(acme.admin) == {talk.number: 2}
        assert queries.inbox_list(acme.owner, "mentioned") == []
    client = browser_of(acme.admin)
    assert client.get("/w/acme/inbox/own/").json()["mentions"] == {str(talk.number): 2}
    path = f"/w/acme/inbox/{talk.number}/mentions/read/"
    headers = {"Accept": "application/json"}
    assert client.post(path, headers=headers).json() == {"ok": True, "read": 2}
    assert client.post(path, headers=headers).json() == {"ok": True, "read": 0}
    with acme.acting("admin"):
        assert queries.counts(acme.admin)["mentioned"] == 0
        assert len(queries.inbox_list(acme.admin, "mentioned")) == 1


def test_who_loses_sight_loses_the_mention(world: World, talk: Conversation) -> None:
    acme = world.acme
    note(acme, talk, "@Sari lihat", who="admin")
    with acme.acting("admin"):
        actions.transfer(talk, by=acme.admin, member=acme.gita)
    with acme.acting("sari"):
        assert queries.unread_mentions(acme.sari) == {}
        assert queries.inbox_list(acme.sari, "mentioned") == []
        assert queries.counts(acme.sari)["mentioned"] == 0


def test_a_call_is_set_off_and_the_rest_stays_text(world: World, talk: Conversation) -> None:
    text = "<b>@Admin</b> www.example.com @Gita"
    row = note(world.acme, talk, text)
    with world.acme.acting("sari"):
        shown = bubble_html(queries.furnished([row])[0], talk)
    chip = f'<span class="mention" data-members="{world.acme.admin.pk}">@Admin</span>'
    assert f"&lt;b&gt;{chip}&lt;/b&gt;" in shown
    assert 'href="https://www.example.com"' in shown
    assert shown.count("mention") == 1


def test_a_repeated_note_calls_once(world: World, talk: Conversation) -> None:
    acme = world.acme
    with acme.acting("sari"):
        for _twice in range(2):
            actions.add_note(talk, by=acme.sari, text="@Admin", client_id="c1")
    assert mentioned(acme) == ["Admin"]
