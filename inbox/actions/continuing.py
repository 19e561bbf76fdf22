"""The hottest write of the product: a customer writes once more in his open conversation.

One statement locks the conversation, brings it forward and adds the message, unless that is
known already. Through the ORM the same took four round trips and half of the whole path's
time (`make bench`), which is why it is written by hand.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from contacts.actions import Identified
from contacts.models import Contact
from helpdesk.tenancy import current_workspace_id
from inbox.channels import IncomingMessage, adapter_for
from inbox.models import Channel, Conversation

CONTINUE = """
WITH continued AS (
    UPDATE inbox_conversation SET
        window_expires_at = CASE WHEN last_customer_at IS NULL OR last_customer_at <= %(at)s
            THEN %(window)s::timestamptz ELSE window_expires_at END,
        last_customer_at = greatest(last_customer_at, %(at)s::timestamptz),
        preview = CASE WHEN last_message_at <= %(at)s THEN %(preview)s ELSE preview END,
        last_message_at = greatest(last_message_at, %(at)s::timestamptz),
        unread_count = unread_count + 1,
        version = version + 1
    WHERE workspace_id = %(workspace)s AND channel_id = %(channel)s AND contact_id = %(contact)s
        AND status <> 'resolved'
        AND NOT EXISTS (
            SELECT 1 FROM inbox_message
            WHERE workspace_id = %(workspace)s AND channel_id = %(channel)s
                AND external_id = %(external)s)
    RETURNING id, number, status, assignee_id, department_id, snoozed_until
), said AS (
    INSERT INTO inbox_message (
        workspace_id, uuid, conversation_id, channel_id, direction, kind, text, data, state,
        external_id, reply_to, reactions, author_contact_id, author_name, sent_at, created_at,
        attempts, error_code, error_text)
    SELECT %(workspace)s, %(uuid)s, continued.id, %(channel)s, 'in', %(kind)s, %(text)s, %(data)s,
        'received', %(external)s, %(reply_to)s, '{}', %(author_contact)s, %(author)s, %(at)s, now(),
        0, '', ''
    FROM continued
    RETURNING id
)
SELECT said.id, continued.* FROM said, continued
"""


def continued(
    channel: Channel, identified: Identified, author: Contact, incoming: IncomingMessage
) -> tuple[int, Conversation] | None:
    """The new message's id and the open conversation, held; None if there is none open, or if
    the message is known. Of the conversation only what says who sees it, and whether
    it is put aside, is loaded."""
    parameters: dict[str, Any] = {
        "at": incoming.sent_at,
        "window": window_after(channel, incoming),
        "preview": preview_of(incoming),
        "workspace": current_workspace_id(),
        "channel": channel.pk,
        "contact": identified.contact.pk,
        "external": incoming.external_id,
        "uuid": uuid.uuid4(),
        "kind": incoming.kind,
        "text": incoming.text,
        "data": Jsonb(dict(incoming.data)),
        "reply_to": incoming.reply_to,
        "author_contact": author.pk,
        "author": str(author)[:160],
    }
    with connection.cursor() as cursor:
        cursor.execute(CONTINUE, parameters)
        row = cursor.fetchone()
    if row is None:
        return None
    message, pk, number, status, assignee, department, snoozed_until = row
    return message, Conversation(
        pk=pk,
        number=number,
        status=status,
        assignee_id=assignee,
        department_id=department,
        snoozed_until=snoozed_until,
    )


def window_after(channel: Channel, incoming: IncomingMessage) -> datetime | None:
    """When free text ends to be allowed after this message; None where it never does."""
    window = adapter_for(channel.kind).window
    return incoming.sent_at + window if window else None


def preview_of(incoming: IncomingMessage) -> str:
    """The first words for the list; for a kind without text, its name in brackets."""
    return (incoming.text or f"[{incoming.data.get('type', incoming.kind)}]")[:140]
