"""From what an API client asks to the action that writes it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.models import Member
from inbox import actions, queries
from inbox.models import Attachment, Conversation, Message


def write(conversation: Conversation, by: Member, given: dict[str, Any]) -> Message:
    """A note, a template or a reply; what it refers to must belong to the conversation."""
    common = {"by": by, "client_id": given["client_id"]}
    if given["kind"] == "note":
        return actions.add_note(conversation, text=given["text"], **common)
    attachment = _attachment(conversation, by, given["attachment"])
    if given["template"]:
        rows = queries.templates_of(conversation.channel)
        template = get_object_or_404(rows, pk=given["template"])
        return actions.send_template(
            conversation,
            template=template,
            values=given["values"],
            attachment=attachment,
            seen=given["seen"],
            **common,
        )
    quoting = None
    if given["quoting"]:
        quoting = get_object_or_404(queries.message_of(conversation, given["quoting"]))
    return actions.send_reply(
        conversation,
        text=given["text"],
        kind=given["type"],
        data=given["data"],
        attachment=attachment,
        quoting=quoting,
        seen=given["seen"],
        **common,
    )


def _attachment(conversation: Conversation, by: Member, uuid: UUID | None) -> Attachment | None:
    if uuid is None:
        return None
    found = queries.upload_of(by, conversation, uuid)
    if found:
        return found
    # One that was sent already: the action answers for the same client id, or says so.
    rows = conversation.attachments.filter(uploaded_by=by)
    return get_object_or_404(rows, uuid=uuid)
