"""One thing of every kind in a company, by the names that the table of doors uses."""

from __future__ import annotations

import io
import json
from typing import Any

from django.test import Client
from PIL import Image

from accounts import actions as accounts
from accounts.models import Department
from inbox import actions as inbox
from inbox.attachments.storing import keep
from inbox.channels import DeliveryFailed
from inbox.models import Attachment, InboundPayload, Message, MessageTemplate
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
        heard = handled.messages.filter(direction="in").latest("id")
        file = _file(company, handled, who, heard)
        upload = _file(company, handled, admin, None)
        cards = _cards(company, handled, heard)
        label = inbox.create_label(by=admin, name=f"Label {phone}", hue=1)
        inbox.set_labels(handled, by=who, labels=[label])
        batch = inbox.start_batch(
            by=who, operation="label", items=[(handled.number, "")], remove=[label]
        )
        step = batch.steps.get()
        quick = inbox.save_quick_reply(by=who, shortcut=f"q{phone}", title="Salam", text="Halo")
        view = inbox.save_view(by=who, name="Retur", query="view=all")
        template = MessageTemplate.objects.create(
            channel=company.channel,
            external_id=phone,
            name=f"t{phone}",
            language="id",
            status=MessageTemplate.Status.APPROVED,
            shape={"body": "Halo {{1}}"},
            fields=[{"key": "body.1", "example": "Sari"}],
        )
    return {
        "queued": queued.number,
        "handled": handled.number,
        "message": message.pk,
        "heard": heard.pk,
        "cards": cards.pk,
        "file": file.uuid,
        "upload": upload.uuid,
        "template": template.pk,
        "label": label.pk,
        "view": view.pk,
        "quick_reply": quick.pk,
        "batch": batch.uuid,
        "step": step.uuid,
        "numbers": [queued.number],
        "labels": [label.pk],
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


def _cards(company: Company, conversation: Any, heard: Any) -> Any:
    """A contact card that the customer shared, right after what was heard of him."""
    card = {"name": "Budi Santoso", "phones": [{"number": "+6281355500999"}]}
    return Message.objects.create(
        conversation=conversation,
        channel=company.channel,
        direction="in",
        kind="contacts",
        data={"contacts": [card]},
        sent_at=heard.sent_at,
    )


def _file(company: Company, conversation: Any, by: Any, message: Any) -> Any:
    """A stored picture: a customer's with `message`, else an upload of `by`."""
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, "PNG")
    facts = keep(written, "a.png", company.id).facts
    return Attachment.objects.create(
        conversation=conversation, message=message, uploaded_by=by, **facts
    )


def _conversation(company: Company, department: Department, phone: str) -> Any:
    conversation = company.conversation(company.hears("Halo", phone))
    with company.acting():
        if conversation.department_id != department.pk:
            inbox.transfer(conversation, by=company.people["owner"], department=department)
    return conversation


def knock(client: Client, method: str, path: str, says: dict[str, Any], **headers: str) -> Any:
    """A request as a page makes it, or as a program does below /api/; its files are closed."""
    answer = _knock(client, method, path, says, **headers)
    for closer in answer._resource_closers:  # `close()` would end the test's transaction
        closer()
    return answer


def _knock(client: Client, method: str, path: str, says: dict[str, Any], **headers: str) -> Any:
    ask = getattr(client, method.lower())
    if method == "GET":
        return ask(path, headers=headers)
    if "/api/" in path:
        body = json.dumps(says)
        return ask(path, data=body, content_type="application/json", headers=headers)
    return ask(path, data=says, headers=headers) if method == "POST" else ask(path)
