"""Rights that decide what a page offers; the actions judge again."""

from __future__ import annotations

from django import template

from accounts.models import Member
from inbox.models import QuickReply

register = template.Library()


@register.filter
def may_edit_reply(member: Member, reply: QuickReply) -> bool:
    """Whether he may change this quick reply."""
    return bool(member.may("inbox.edit_quick_reply", reply))
