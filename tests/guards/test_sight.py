"""Who sees a conversation: the query, the tags and the live frames say the same."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.utils import timezone

from accounts.access import Access
from accounts.models import Department, DepartmentMember, Member, Role, Supervision
from accounts.queries import access_of
from activity import queries as feed
from activity.live.render import Prepared, prepare
from activity.models import LedgerEntry
from contacts.models import Contact, ContactIdentity
from helpdesk.errors import Refused
from helpdesk.events import attempt
from inbox import actions, queries
from inbox.audience import audience_of
from inbox.models import Conversation
from inbox.permissions import sees
from tests.people import Company, World

Status = Conversation.Status


def shuffled(company: Company, seed: int) -> tuple[list[Member], list[Conversation]]:
    """Everybody's role, seats and agents at random, and conversations in every state."""
    chance = random.Random(seed)
    members, departments = list(company.people.values()), list(company.departments.values())
    DepartmentMember.objects.all().delete()
    Supervision.objects.all().delete()
    for member in members:
        member.role = chance.choice(list(Role))
        member.sees_all = chance.random() < 0.2
        member.save()
        for department in chance.sample(departments, chance.randrange(len(departments) + 1)):
            leads = chance.random() < 0.5
            DepartmentMember.objects.create(department=department, member=member, leads=leads)
        for agent in chance.sample(members, chance.randrange(3)):
            if agent != member:
                Supervision.objects.create(supervisor=member, agent=agent)
    retired = chance.choice(departments)
    retired.is_active = chance.random() < 0.7
    retired.save()
    return members, _conversations(company, chance, members, departments)


def _conversations(
    company: Company, chance: random.Random, members: list[Member], departments: list[Department]
) -> list[Conversation]:
    made = []
    for number in range(12):
        contact = Contact.objects.create(name=f"C{number}")
        identity = ContactIdentity.objects.create(contact=contact, kind="t", value=str(number))
        status = chance.choice(list(Status))
        free = status in (Status.BOT, Status.QUEUED)
        made.append(
            Conversation.objects.create(
                number=1000 + number,
                channel=company.channel,
                contact=contact,
                identity=identity,
                status=status,
                assignee=None if free else chance.choice(members),
                department=chance.choice([*departments, None]),
                opened_at=timezone.now(),
                last_message_at=timezone.now(),
            )
        )
    return made


@pytest.mark.parametrize("seed", range(12))
def test_query_tags_and_rule_agree_on_random_worlds(world: World, seed: int) -> None:
    with world.acme.acting():
        members, conversations = shuffled(world.acme, seed)
        for member in members:
            fresh = Member.objects.get(pk=member.pk)
            seen = {row.pk for row in queries.visible_to(fresh)}
            tags = access_of(fresh).tags
            assert seen == {c.pk for c in conversations if tags & audience_of(c)}
            assert seen == {c.pk for c in conversations if sees(fresh, c)}
            assert seen <= {row.pk for row in queries.takeable_by(fresh)}


def test_tags_are_those_of_the_documented_kinds() -> None:
    everything = Access(1, True, True, frozenset({2}), frozenset({3}), frozenset({4}))
    assert everything.tags == {"w", "p:1", "all"}
    agent = Access(1, False, True, frozenset({2}), frozenset({3}), frozenset({4}))
    seen = {"q", "m:1", "m:4", "d:2:queue", "d:3:queue", "d:3:all"}
    assert agent.tags == seen | {"p:1", "all"}
    assert Access(1, False, False, frozenset({2})).tags == {"p:1", "all"}


def step(company: Company, chance: random.Random, conversation: Conversation) -> None:
    """Something that moves a conversation, by the system or by somebody."""
    members = [m for m in company.people.values() if m.handles_chats]
    owner, member = company.owner, chance.choice(members)
    department = chance.choice(list(company.departments.values()))
    moves: list[Any] = [
        lambda: actions.accept(conversation, by=owner),
        lambda: actions.release(conversation, by=owner),
        lambda: actions.transfer(conversation, by=owner, member=member, note="n"),
        lambda: actions.transfer(conversation, by=owner, department=department),
        lambda: actions.add_note(conversation, by=owner, text="n"),
        lambda: actions.send_reply(conversation, by=owner, text="n"),
    ]
    try:
        with attempt():
            chance.choice(moves)()
    except Refused:
        pass


@pytest.mark.parametrize("seed", range(6))
def test_whoever_loses_sight_is_told_that_it_is_gone_and_nothing_more(
    world: World, seed: int
) -> None:
    acme, chance = world.acme, random.Random(seed)
    conversation = acme.conversation(acme.hears())
    for _step in range(8):
        with acme.acting():
            before = {name: sees(m, _now(conversation)) for name, m in acme.people.items()}
            cursor = feed.cursor()
        with acme.acting():
            step(acme, chance, conversation)
        with acme.acting():
            entries = list(feed.entries_after(cursor, 50))
            prepared = prepare(entries, ["id"])
            for name, member in acme.people.items():
                _check(prepared, member, before[name], sees(member, _now(conversation)))


def _now(conversation: Conversation) -> Conversation:
    return Conversation.objects.get(pk=conversation.pk)


def _check(prepared: list[Prepared], member: Member, saw: bool, sees_now: bool) -> None:
    frames = [p.frame_for(access_of(member).tags, "id") for p in prepared]
    told = [frame for frame in frames if frame]
    gone = [frame for frame in told if '"type": "gone"' in frame]
    if sees_now:
        assert not gone
        assert len(told) == len(prepared) if saw else bool(told) == bool(prepared)
    else:
        assert told == gone, "content for who sees nothing"
        if saw:
            assert gone


def test_an_old_event_read_late_does_not_show_what_came_after_the_loss(world: World) -> None:
    """Frames are rendered as things are now: the row has the preview of the newest message."""
    acme = world.acme
    number = acme.hears("pesan pertama")
    conversation = acme.conversation(number)
    with acme.acting():
        actions.accept(conversation, by=acme.sari)
        actions.transfer(conversation, by=acme.sari, member=acme.gita)
    acme.hears("hanya untuk gita")
    with acme.acting():
        prepared = prepare(LedgerEntry.objects.order_by("seq"), ["id"])
        for name in ("sari", "budi", "nona"):
            tags = access_of(acme.people[name]).tags
            told = "".join(p.frame_for(tags, "id") or "" for p in prepared)
            assert "hanya untuk gita" not in told
            assert "pesan pertama" not in told
        tags = access_of(acme.gita).tags
        assert "hanya untuk gita" in "".join(p.frame_for(tags, "id") or "" for p in prepared)
