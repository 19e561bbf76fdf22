"""One thing of every kind in a company, by the names that the table of doors uses."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from accounts import actions as accounts
from accounts.models import Department
from inbox import actions as inbox
from inbox.channels import DeliveryFailed
from inbox.models import InboundPayload
from inbox.tasks import process_inbound
from tests.people import Company


def things_of(company: Company, agent: str, department: str, phone: str) -> dict[str, Any]:
    """A queued conversation, one that `agent` handles with a message that failed, and the rest.

    The conversations belong to `department`.
    """
    home = company.departments[department]
    queued = _conversation(company, home, phone + "1")
    handled = _conversation(company, home, phone + "2")
    assert company.posts(b"[not json " + phone.encode()).status_code == 200
    process_inbound(company.id)
    with company.acting():
        who = company.people[agent]
        inbox.accept(handled, by=who)
        message = inbox.send_reply(handled, by=who, text="Sebentar")
        ((claimed, _outgoing),) = inbox.claim_outgoing()
        inbox.record_failure(claimed, DeliveryFailed("message", "No."))
        admin = company.people.get("admin", company.owner)
        invitation = accounts.invite(by=admin, email=f"i{phone}@x.example", role="agent")
        token, _text = accounts.create_token(by=admin, name="program")
        other = accounts.create_department(by=admin, name=f"Team {phone}")
        parked = InboundPayload.objects.filter(state="parked").latest("id")
    return {
        "queued": queued.number,
        "handled": handled.number,
        "message": message.pk,
        "invitation": invitation.pk,
        "invitation_token": invitation.token,
        "token": token.pk,
        "department": other.pk,
        "channel": company.channel.pk,
        "channel_token": company.channel.token,
        "payload": parked.pk,
        "mate": company.people.get("budi", company.owner).pk,
        **{name: member.pk for name, member in company.people.items()},
    }


def _conversation(company: Company, department: Department, phone: str) -> Any:
    conversation = company.conversation(company.hears("Halo", phone))
    with company.acting():
        if conversation.department_id != department.pk:
            inbox.transfer(conversation, by=company.people["owner"], department=department)
    return conversation


def knock(client: Client, method: str, path: str, says: dict[str, Any], **headers: str) -> Any:
    """A request as a page makes it, or as a program does below /api/."""
    ask = getattr(client, method.lower())
    if method == "GET":
        return ask(path, headers=headers)
    if "/api/" in path:
        body = json.dumps(says)
        return ask(path, data=body, content_type="application/json", headers=headers)
    return ask(path, data=says, headers=headers) if method == "POST" else ask(path)
