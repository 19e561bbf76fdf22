"""From the invitation to the new member, and every link that must not work."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import DepartmentMember, Invitation, Member, User
from accounts.tasks import mail_invitations
from tests.accounts.mailbox import Mailbox
from tests.people import World, browser_of, user

PASSWORD = "kuda-laut-berenang-9"
ANSWERS = {"name": "Dewi", "password": PASSWORD}


def invite(world: World, email: str = "dewi@x.example", role: str = "agent") -> Invitation:
    with world.acme.acting("admin"):
        return actions.invite(
            by=world.acme.admin,
            email=email,
            role=role,
            departments=[world.acme.departments["Shipping"]],
        )


def path_of(invitation: Invitation) -> str:
    return f"/w/acme/invitation/{invitation.token}/"


def test_a_mailed_link_makes_a_member_of_whom_it_was_sent_to(
    world: World, mailbox: Mailbox
) -> None:
    invite(world)
    mail_invitations(world.acme.id)
    (message,) = mailbox.messages
    assert message["To"] == "dewi@x.example"
    assert "Acme" in message["Subject"]
    client = Client()
    assert client.get(mailbox.link()).status_code == 200
    answer = client.post(mailbox.link(), ANSWERS)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/w/acme/")
    assert client.get("/w/acme/inbox/").status_code == 200
    with world.acme.acting():
        member = Member.objects.get(user__email="dewi@x.example")
        assert (member.name, member.role) == ("Dewi", "agent")
        seat = DepartmentMember.objects.get(member=member)
        assert seat.department_id == world.acme.departments["Shipping"].pk
    assert Client().get(mailbox.link()).status_code == 404


def test_a_mail_is_sent_once_and_tried_again_when_the_server_refuses(
    world: World, mailbox: Mailbox
) -> None:
    invitation = invite(world)
    mailbox.refuses = True
    mail_invitations(world.acme.id)
    with world.acme.acting():
        invitation.refresh_from_db()
        assert invitation.mailed_at is None
        assert invitation.mail_attempts == 1
        assert invitation.mail_due_at is not None
        assert invitation.mail_due_at > timezone.now()
        Invitation.objects.update(mail_due_at=timezone.now())
    mailbox.refuses = False
    for _again in range(2):
        mail_invitations(world.acme.id)
    assert len(mailbox.messages) == 1


def test_a_name_with_a_line_break_forges_no_header(world: World, mailbox: Mailbox) -> None:
    with world.acme.acting():
        world.acme.workspace.name = "Acme\r\nBcc: victim@x.example"
        world.acme.workspace.save()
    invite(world)
    mail_invitations(world.acme.id)
    assert mailbox.messages[0]["Bcc"] is None


def test_links_that_must_not_work_look_like_nothing(world: World) -> None:
    invitation = invite(world)
    token = invitation.token
    wrong = [
        f"/w/globex/invitation/{token}/",
        f"/w/acme/invitation/{token[:-1]}/",
        f"/w/acme/invitation/{token}0/",
        f"/w/acme/invitation/{secrets.token_hex(16)}/",
        f"/w/acme/invitation/{'0' * 32}/",
        "/w/acme/invitation/x/",
        f"/w/nowhere/invitation/{token}/",
    ]
    for path in wrong:
        for answer in (Client().get(path), Client().post(path, ANSWERS)):
            assert answer.status_code == 404, path
    assert Client().get(path_of(invitation)).status_code == 200


@pytest.mark.parametrize("end", ["expired", "revoked", "resent", "accepted"])
def test_a_link_ends(world: World, end: str) -> None:
    invitation = invite(world)
    with world.acme.acting("admin"):
        if end == "expired":
            past = timezone.now() - timedelta(seconds=1)
            Invitation.objects.update(expires_at=past)
        elif end == "revoked":
            actions.revoke_invitation(invitation, by=world.acme.admin)
        elif end == "resent":
            actions.resend_invitation(invitation, by=world.acme.admin)
        else:
            actions.accept_invitation(invitation, user=None, name="D", password=PASSWORD)
    assert Client().get(path_of(invitation)).status_code == 404
    assert Client().post(path_of(invitation), ANSWERS).status_code == 404


def test_who_has_an_account_must_sign_in_to_accept(world: World) -> None:
    invitation = invite(world, "stranger@globex.example")
    path = path_of(invitation)
    assert Client().post(path, {"x": "1"}).status_code == 422
    other = browser_of(world.acme.sari)
    assert other.post(path, {"x": "1"}).status_code == 422
    with world.acme.acting():
        assert not Member.objects.filter(user__email="stranger@globex.example").exists()
    own = browser_of(world.globex.stranger)
    assert own.post(path, {"x": "1"}).status_code == 302
    assert own.get("/w/acme/inbox/").status_code == 200
    assert own.get("/w/globex/inbox/").status_code == 200


@pytest.mark.parametrize(
    "answers", [{}, {"name": "D", "password": "12345678"}, {"name": "", "password": PASSWORD}]
)
def test_a_weak_answer_is_told_and_makes_nobody(world: World, answers: Any) -> None:
    invitation = invite(world)
    assert Client().post(path_of(invitation), {"x": "1", **answers}).status_code == 422
    assert not User.objects.filter(email="dewi@x.example").exists()


def test_nobody_signs_himself_up(world: World) -> None:
    Client().post(
        "/account/signup/", {"email": "me@x.example", "password1": PASSWORD, "email2": ""}
    )
    assert not User.objects.filter(email="me@x.example").exists()


def test_the_switcher_shows_the_own_workspaces_only(world: World) -> None:
    person = user("both@x.example", "Both")
    for company in (world.acme, world.globex):
        with company.acting():
            Member.objects.create(user=person, name="Both", role="agent")
    client = browser_of(Member(user=person))
    page = client.get("/").content.decode()
    assert "/w/acme/" in page
    assert "/w/globex/" in page
    assert browser_of(world.acme.sari).get("/").headers["Location"] == "/w/acme/"
    one = browser_of(world.acme.sari).get("/?stay=1").content.decode()
    assert "globex" not in one.lower()
