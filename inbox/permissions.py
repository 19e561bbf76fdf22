"""Who may do what in the inbox. What is invisible may not be touched either."""

from __future__ import annotations

from typing import Any

from accounts.models import Member, Role
from accounts.permissions import permission
from accounts.queries import access_of
from inbox.audience import audience_of
from inbox.models import Conversation, QuickReply, SavedView


def sees(member: Member, conversation: Conversation) -> bool:
    """The rule of `visible_to` for one row that is at hand."""
    return bool(access_of(member).tags & audience_of(conversation))


def _steers(member: Member, conversation: Conversation) -> bool:
    return sees(member, conversation) and member.steers


@permission("inbox.accept")
def _accept(member: Member, conversation: Conversation) -> bool:
    """Also the loser of a race: he is told by whom it was taken, so sight is not asked."""
    return member.handles_chats


@permission("inbox.reply")
def _reply(member: Member, conversation: Conversation) -> bool:
    return member.handles_chats and sees(member, conversation)


@permission("inbox.read")
def _read(member: Member, conversation: Conversation) -> bool:
    """What was read is noted of its assignee alone."""
    return conversation.assignee_id == member.pk


@permission("inbox.note")
def _note(member: Member, conversation: Conversation) -> bool:
    return sees(member, conversation)


@permission("inbox.edit_contact")
def _edit_contact(member: Member, conversation: Conversation) -> bool:
    """Whoever sees the customer may correct what we know of him (F20)."""
    return sees(member, conversation)


@permission("inbox.move")
def _move(member: Member, conversation: Conversation) -> bool:
    """Release, transfer, resolve: whoever has it, and those who steer."""
    return conversation.assignee_id == member.pk or _steers(member, conversation)


@permission("inbox.bulk")
def _bulk(member: Member, subject: Any) -> bool:
    """To ask for it; each conversation is judged alone."""
    return member.handles_chats


@permission("inbox.label")
def _label(member: Member, conversation: Conversation) -> bool:
    """Also in the archive: labels are for finding and counting."""
    return member.handles_chats and sees(member, conversation)


@permission("inbox.manage_labels")
def _manage_labels(member: Member, subject: Any) -> bool:
    return member.administers


@permission("inbox.edit_quick_reply")
def _edit_quick_reply(member: Member, reply: QuickReply) -> bool:
    """Everybody his own; those of a department and of all from supervisor upward, who
    supervises only in his departments and for all."""
    if reply.member_id:
        return reply.member_id == member.pk and member.handles_chats
    inside = reply.department_id is None or reply.department_id in access_of(member).departments
    return member.administers or (member.role == Role.SUPERVISOR and inside)


@permission("inbox.share_views")
def _share_views(member: Member, subject: Any) -> bool:
    return member.steers


@permission("inbox.edit_view")
def _edit_view(member: Member, view: SavedView) -> bool:
    """His own; and what others share, for those who administer."""
    is_shared = view.sharing != SavedView.Sharing.OWN
    return view.owner_id == member.pk or (is_shared and member.administers)


@permission("inbox.resolve_expired")
def _resolve_expired(member: Member, subject: Any) -> bool:
    """Supervisors and those above them (F36)."""
    return member.steers


@permission("inbox.practise")
def _practise(member: Member, subject: Any) -> bool:
    """Whoever answers customers."""
    return member.handles_chats


@permission("inbox.manage_channels")
def _manage_channels(member: Member, subject: Any) -> bool:
    return member.administers
