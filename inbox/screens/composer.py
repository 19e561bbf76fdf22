"""What may be written now: for the template of the composer and, as JSON, for its script."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from inbox import queries
from inbox.channels import ComposerLimits
from inbox.models import Channel, Conversation
from inbox.templatetags.times import span

Status = Conversation.Status


def composer(member: Member, conversation: Conversation) -> dict[str, Any]:
    """Where to post, what may go along, and why nothing may. `template_only`: a message
    template is all that can be sent now."""
    limits = queries.limits_of(conversation)
    barred = _refusal(member, conversation)
    refusal = barred or ("" if limits.may_write else limits.refusal)
    others = conversation.assignee if conversation.assignee_id != member.pk else None
    return {
        "number": conversation.number,
        **_addresses(conversation.number),
        "may_reply": not refusal,
        "template_only": not barred and not limits.may_write and "template" in limits.can,
        "refusal": str(refusal),
        "accept": may_accept(member, conversation),
        "whose": others.name if others and not refusal else "",
        **_window(limits, conversation),
        **_allowed(limits, is_barred=bool(barred)),
    }


def _addresses(number: int) -> dict[str, str]:
    """Where the composer posts; in `extra_url` {kind} is to be put in."""
    names = {
        "reply_url": "reply",
        "note_url": "note",
        "accept_url": "accept",
        "upload_url": "attachments",
        "template_url": "template-send",
        "typing_url": "typing",
        "draft_url": "draft",
    }
    found = {key: reverse(f"inbox:{name}", args=[number]) for key, name in names.items()}
    extra = reverse("inbox:extra", args=[number, "kind"]).replace("/kind/", "/{kind}/")
    return {**found, "extra_url": extra}


def _allowed(limits: ComposerLimits, *, is_barred: bool) -> dict[str, Any]:
    """Lengths, files and kinds; outside of the window only a template is left."""
    can = limits.can if limits.may_write else limits.can & {"template"}
    files = limits.files if limits.may_write and not is_barred else {}
    return {
        "max_text": limits.max_text,
        "max_caption": limits.max_caption,
        "captions": sorted(limits.captions),
        "can": [] if is_barred else sorted(can),
        "files": [
            {"kind": kind, "types": sorted(limit.types), "max_bytes": limit.max_bytes}
            for kind, limit in files.items()
        ],
    }


def _window(limits: ComposerLimits, conversation: Conversation) -> dict[str, Any]:
    """When the reply window closes, in both forms; None and '' where there is none."""
    closes_at = limits.closes_at if not conversation.is_resolved else None
    if closes_at is None:
        return {"closes_at": None, "closes_text": ""}
    left = closes_at - timezone.now()
    over = left.total_seconds() <= 0
    words = _("Reply window closed") if over else _("Reply window {time}").format(time=span(left))
    return {"closes_at": closes_at.isoformat(), "closes_text": words}


def may_accept(member: Member, conversation: Conversation) -> bool:
    """Whether it waits in a queue, and he may take it."""
    queued = conversation.status == Status.QUEUED
    return queued and member.may("inbox.accept", conversation)


def _refusal(member: Member, conversation: Conversation) -> str:
    """Why this member cannot reply here now, channel and window aside; '' if he can."""
    if conversation.is_resolved:
        return _("This conversation is resolved. If the customer writes again, a new one opens.")
    if not member.may("inbox.reply", conversation):
        return _("Your role may read this conversation and write notes, not answer the customer.")
    if conversation.status == Status.QUEUED:
        return _("Still in the queue. Accept it first, so that only one of you answers.")
    if conversation.channel.state == Channel.State.DISCONNECTED:
        return _("This channel has been disconnected, so nothing can be sent through it.")
    return ""
