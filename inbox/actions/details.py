"""What is written about the customer of a conversation (F20): by whoever sees it."""

from __future__ import annotations

from accounts.models import Member
from contacts import actions as contacts
from contacts.models import Contact
from helpdesk.events import action
from inbox.audience import audience_of
from inbox.models import Conversation


@action
def edit_contact(
    conversation: Conversation, *, by: Member, field: str, value: str, was: str
) -> Contact:
    """Set one field of the contact; see `contacts.actions.edit_contact`."""
    by.require("inbox.edit_contact", conversation)
    return contacts.edit_contact(
        conversation.contact,
        by=by,
        audience=_seen_by(conversation),
        field=field,
        value=value,
        was=was,
    )


@action
def set_contact_detail(
    conversation: Conversation,
    *,
    by: Member,
    label: str,
    value: str,
    was: tuple[str, str] | None = None,
) -> Contact:
    """Add, change or remove additional information; see `contacts.actions.set_detail`."""
    by.require("inbox.edit_contact", conversation)
    return contacts.set_detail(
        conversation.contact,
        by=by,
        audience=_seen_by(conversation),
        label=label,
        value=value,
        was=was,
    )


def _seen_by(conversation: Conversation) -> frozenset[str]:
    """The tags of everybody who sees a conversation with this contact."""
    rows = Conversation.objects.filter(contact_id=conversation.contact_id).order_by()
    distinct = rows.values_list("status", "assignee_id", "department_id").distinct()
    likes = [Conversation(status=s, assignee_id=a, department_id=d) for s, a, d in distinct]
    return frozenset().union(*map(audience_of, likes))
