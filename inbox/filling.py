"""What a quick reply may leave open: names in braces, filled in when it is used."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from accounts.models import Member
from inbox.models import Conversation

OPEN = re.compile(r"\{([a-z_]+)\}")


def _customer(conversation: Conversation, member: Member) -> str:
    return conversation.contact.name.strip() or _("Customer")


# What knows more of a conversation (tickets) adds its names here.
VARIABLES: dict[str, Callable[[Conversation, Member], str]] = {
    "customer_name": _customer,
    "customer_first_name": lambda talk, member: _customer(talk, member).split()[0],
    "agent_name": lambda talk, member: member.name,
    "conversation_number": lambda talk, member: f"#{talk.number}",
    "workspace_name": lambda talk, member: member.workspace.name,
}


def unknown_in(text: str) -> list[str]:
    """The names in braces that nobody can fill, in their order."""
    return [name for name in OPEN.findall(text) if name not in VARIABLES]


def filled(text: str, conversation: Conversation, member: Member) -> str:
    """The text with everything filled in; braces that name nothing stay as they are. What is
    put in is not looked through again."""

    def value(found: re.Match[str]) -> str:
        known = VARIABLES.get(found[1])
        return known(conversation, member) if known else found[0]

    return OPEN.sub(value, text)
