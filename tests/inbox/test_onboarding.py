"""The card "Getting started": computed from what is there, put away and taken out again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import set_urlconf
from django.utils import translation

from accounts import actions as accounts
from accounts.actions import set_attention, set_welcome
from accounts.models import Member
from inbox import actions
from inbox.models import Channel
from inbox.screens import welcome_context
from inbox.tasks import process_inbound
from tests.people import Company, World


def card(company: Company, who: str) -> dict[str, Any]:
    with company.acting(who), translation.override("en"):
        set_urlconf("helpdesk.workspace_urls")  # as in a request
        fresh = Member.objects.get(pk=company.people[who].pk)
        return welcome_context(fresh).get("welcome", {})


def done(company: Company, who: str) -> dict[str, bool]:
    return {step.title: step.is_done for step in card(company, who)["steps"]}


def test_an_agents_steps_are_done_by_doing_them(world: World) -> None:
    company = world.acme
    assert list(done(company, "sari").values()) == [False, False, False]
    with company.acting("sari"):
        actions.practise(by=company.sari)
    process_inbound(company.id)
    row = company.conversation(1)
    with company.acting("sari"):
        actions.accept(row, by=company.sari)
    assert card(company, "sari")["next"].title == "Send your first reply"
    with company.acting("sari"):
        actions.send_reply(company.conversation(1), by=company.sari, text="Ada")
    assert card(company, "sari")["done"] == 2
    assert card(company, "budi")["done"] == 0  # what a colleague did is not his
    with company.acting("sari"):
        set_attention(by=company.sari, tone="bell")
    assert card(company, "sari") == {}  # all done: nothing in the way any more


def test_the_workspaces_steps_follow_the_workspace_both_ways(world: World) -> None:
    company = world.acme
    before = done(company, "admin")
    assert before["Connect a channel"]
    assert before["Invite a colleague"]
    assert not before["Answer a test message"]
    assert not before["Prepare labels or quick replies"]
    with company.acting("admin"):
        actions.create_label(by=company.admin, name="Retur", hue=1)
        actions.disconnect_channel(company.channel, by=company.admin)
        accounts.create_department(by=company.admin, name="Kosong", members=[])
    after = done(company, "admin")
    assert after["Prepare labels or quick replies"]
    assert not after["Connect a channel"]
    assert not after["Staff every department"]
    with company.acting("admin"):
        actions.practise(by=company.admin)
        assert Channel.objects.filter(kind="practice", state="active").exists()
    assert not done(company, "admin")["Connect a channel"]  # practice is no channel


@pytest.mark.parametrize("who", ["sari", "admin"])
def test_it_is_put_away_and_found_again_in_the_menu(world: World, who: str) -> None:
    company = world.acme
    client, colleague = Client(), Client()
    client.force_login(company.people[who].user)
    colleague.force_login(company.budi.user)
    page, home = f"{company.url}/inbox/welcome/", f"{company.url}/inbox/"
    assert 'class="welcome"' in client.get(home).content.decode()
    assert client.post(page, {"hide": "1"}).status_code == 302
    away = client.get(home).content.decode()
    assert 'class="welcome"' not in away
    assert f'action="{page}"' in away  # in the profile menu
    client.post(page, {"show": "1"})
    assert 'class="welcome"' in client.get(home).content.decode()
    other = colleague.get(home).content.decode()
    assert 'class="welcome"' in other


def test_who_answers_nobody_has_no_card(world: World) -> None:
    assert card(world.acme, "nona") == {}


def test_asked_for_it_is_shown_although_all_is_done(world: World) -> None:
    company = world.acme
    with company.acting("admin"):
        actions.create_label(by=company.admin, name="Retur", hue=1)
        company.hears()
        row = actions.accept(company.conversation(1), by=company.admin)
        actions.send_reply(row, by=company.admin, text="Ada")
    assert card(company, "admin") == {}
    with company.acting("admin"):
        set_welcome(by=company.admin, is_shown=True)
    shown = card(company, "admin")
    assert shown["next"] is None
    assert shown["done"] == shown["count"] == 5
