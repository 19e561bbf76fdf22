"""What calls for whose attention: one pure function, for sounds, desktop notices and mails.

It answers with an activity and with tags (see `accounts.access`); whoever holds one of the
tags is concerned. An app registers rules for its own events with `calls`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.preferences import register_activity
from inbox.audience import queue_tag
from inbox.channels import PRACTICE
from inbox.models import Conversation


@dataclass(frozen=True)
class Standing:
    """A conversation as it is now, as far as it matters here."""

    status: str
    assignee: int | None
    department: int | None
    is_practice: bool = False

    @classmethod
    def of(cls, row: Conversation) -> Standing:
        """Of a conversation that has its channel with it."""
        is_practice = row.channel.kind == PRACTICE
        return cls(row.status, row.assignee_id, row.department_id, is_practice)


@dataclass(frozen=True)
class Call:
    """An activity, and the tags of those whom it concerns."""

    activity: str
    tags: frozenset[str]


Facts = Mapping[str, Any]
Rule = Callable[[Facts, Standing], set[str]]
rules: dict[str, tuple[str, Rule]] = {}


def calls(activity: str, *events: str) -> Callable[[Rule], Rule]:
    """Register the rule of events: the tags of those concerned, or none."""

    def register(rule: Rule) -> Rule:
        for name in events:
            rules[name] = (activity, rule)
        return rule

    return register


def call_of(name: str, facts: Facts, standing: Standing, actor: int | None) -> Call | None:
    """Whom an event calls; None for nobody. Nobody is called by what he did himself: whoever
    holds one of the tags by his department has to be left out by who asks."""
    if name not in rules:
        return None
    activity, rule = rules[name]
    tags = rule(facts, standing) - {f"p:{actor}"}
    return Call(activity, frozenset(tags)) if tags else None


def call_of_batch(facts: Facts, actor: int | None) -> Call | None:
    """Whom the delivery of many conversations calls, once for all of them."""
    member = facts["member_id"]
    if member is None:
        return Call("queue", frozenset({queue_tag(facts["department_id"])}))
    return Call("assigned", frozenset({f"p:{member}"})) if member != actor else None


@calls("assigned", "conversation.assigned")
def _assigned(facts: Facts, standing: Standing) -> set[str]:
    """Whoever was given it, unless it has gone on since."""
    member = facts["member_id"]
    return {f"p:{member}"} if standing.assignee == member else set()


@calls("queue", "conversation.opened", "conversation.queued")
def _queued(facts: Facts, standing: Standing) -> set[str]:
    """Those who work in its queue, and those who see everything; a test customer waits for
    nobody but the one who asked for him, and who looks at it."""
    if standing.status != "queued" or standing.is_practice:
        return set()
    return {queue_tag(standing.department), "w"}


@calls("message", "message.received")
def _received(facts: Facts, standing: Standing) -> set[str]:
    """Whoever has the conversation; one that waits in a queue has called already."""
    return {f"p:{standing.assignee}"} if standing.status == "handled" else set()


@calls("woken", "conversation.resumed")
def _woken(facts: Facts, standing: Standing) -> set[str]:
    """Whoever put it aside and has it still; a message that ended it has called already."""
    is_time = facts["how"] == "woken" and standing.status == "handled"
    return {f"p:{standing.assignee}"} if is_time else set()


@calls("mentioned", "member.mentioned")
def _mentioned(facts: Facts, standing: Standing) -> set[str]:
    """Whoever is named in a note."""
    return {f"p:{facts['member_id']}"}


register_activity(
    "assigned",
    _("Assigned to me"),
    _("Somebody gives you a conversation."),
    *("sound", "desktop", "email"),
)
register_activity(
    "mentioned",
    _("I am mentioned"),
    _("A colleague names you in a note."),
    *("sound", "desktop", "email"),
)
register_activity(
    "message",
    _("New message for me"),
    _("A customer writes in a conversation of yours."),
    *("sound", "desktop"),
)
register_activity(
    "woken",
    _("A snooze is over"),
    _("A conversation that you put aside is back."),
    *("sound", "desktop"),
)
register_activity("queue", _("New in my queue"), _("A conversation waits for somebody."), "sound")
