"""Who is in a conversation at this moment, and who is writing: kept in Valkey for seconds,
whispered to those who see the conversation. Best effort: without Valkey nobody is shown.
"""

from __future__ import annotations

import json
import time
from typing import Any

from accounts.models import Member
from accounts.templatetags.faces import hue, initials
from helpdesk import valkey
from helpdesk.events import whisper
from inbox.audience import audience_of
from inbox.models import Conversation
from inbox.templatetags.inbox_look import known_as

HERE_SECONDS = 25  # a page tells of itself every 10
WRITING_SECONDS = 6  # and while somebody writes every 3
DOING = ("", "reply", "note")


def enter(conversation: Conversation, member: Member, doing: str = "") -> list[dict[str, Any]]:
    """He has it open, or still has, and writes a ``reply``, a ``note`` or nothing. Returns
    the others who are here."""
    frame = {**_face(member), "doing": doing}
    whisper("here", tags=audience_of(conversation), **_place(conversation), **frame)
    until = time.time() + HERE_SECONDS
    kept = json.dumps({**frame, "until": until})
    key, own = _key(conversation), str(member.pk)

    def keep(client: Any) -> dict[bytes, bytes]:
        steps = client.pipeline(transaction=False)
        steps.hset(key, own, kept)
        steps.expire(key, HERE_SECONDS)
        steps.hgetall(key)
        found: dict[bytes, bytes] = steps.execute()[-1]
        return found

    rows = [json.loads(row) for row in (valkey.attempt(keep) or {}).values()]
    return [_now(row) for row in rows if row["member"] != member.pk and row["until"] > time.time()]


def _now(row: dict[str, Any]) -> dict[str, Any]:
    """What somebody said of himself some seconds ago, as it is now."""
    age = time.time() - (row.pop("until") - HERE_SECONDS)
    return row if age < WRITING_SECONDS else {**row, "doing": ""}


def leave(conversation: Conversation, member: Member) -> None:
    """He has closed it."""
    whisper("here", tags=audience_of(conversation), **_place(conversation), **_gone(member))
    valkey.attempt(lambda client: client.hdel(_key(conversation), str(member.pk)))


def tell_typing(conversation: Conversation) -> None:
    """The customer is writing, where a channel tells that; pages show it for some seconds."""
    name = known_as(conversation)
    face = {"member": 0, "name": name, "initials": initials(name), "doing": "customer"}
    face["hue"] = hue(conversation.contact_id)
    whisper("here", tags=audience_of(conversation), **_place(conversation), **face)


def _face(member: Member) -> dict[str, Any]:
    name = member.name
    return {"member": member.pk, "name": name, "initials": initials(name), "hue": hue(member.pk)}


def _gone(member: Member) -> dict[str, Any]:
    return {"member": member.pk, "gone": True}


def _place(conversation: Conversation) -> dict[str, int]:
    return {"conversation": conversation.pk, "number": conversation.number}


def _key(conversation: Conversation) -> str:
    return f"helpdesk:here:{conversation.workspace_id}:{conversation.pk}"
