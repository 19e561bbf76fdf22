"""Sending a template: the only message that goes out when the reply window has closed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import action
from inbox.actions.facts import locked
from inbox.actions.guarding import refuse_overtaken
from inbox.actions.sendable import Draft, open_for_replies
from inbox.actions.writing import queue_message, unsent
from inbox.models import Attachment, Conversation, Message, MessageTemplate
from inbox.wording import filled

LONGEST_VALUE = 1024
# The provider refuses line breaks and wide gaps in a value, the database some of the others.
GAPS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]| {5,}")


@action
def send_template(
    conversation: Conversation,
    *,
    by: Member,
    template: MessageTemplate,
    values: Mapping[str, str],
    attachment: Attachment | None = None,
    client_id: str = "",
    seen: int | None = None,
) -> Message:
    """Queue a template with its values, by field key. The same `client_id` again is the
    same message. `Refused`: as `open_for_replies`, ``not_supported``, ``template_unusable``,
    ``value_missing`` (with `key`), ``value_invalid`` (with `key`), ``file_missing``, ``file_type``,
    ``overtaken`` (see `refuse_overtaken`) if `seen` is given.
    """
    row = locked(conversation)
    by.require("inbox.reply", row)
    known = row.messages.filter(client_id=client_id).first() if client_id else None
    if known:
        return known
    now = timezone.now()
    limits = open_for_replies(row, now)
    if "template" not in limits.can or template.channel_id != row.channel_id:
        raise Refused("not_supported", _("This channel does not carry such messages."))
    if not template.is_sendable:
        raise Refused("template_unusable", _("This template cannot be sent now."))
    given = _values(template, values)
    file = unsent(row, attachment, by) if attachment else None
    _check_file(template, file)
    if seen is not None:
        refuse_overtaken(row, by, seen)
    draft = Draft(_words(template, given), "template", _data(template, given), file)
    return queue_message(row, draft, by=by, now=now, client_id=client_id)


def _values(template: MessageTemplate, values: Mapping[str, str]) -> dict[str, str]:
    given = {}
    for field in template.fields:
        key = field["key"]
        if key == "header.file":
            continue
        value = str(values.get(key, "")).strip()
        if not value:
            raise Refused("value_missing", _("Fill in every value of the template."), key=key)
        if len(value) > LONGEST_VALUE or GAPS.search(value):
            told = _("A value may have no line breaks and at most %(most)d characters.")
            raise Refused("value_invalid", told % {"most": LONGEST_VALUE}, key=key)
        given[key] = value
    return given


def _check_file(template: MessageTemplate, file: Attachment | None) -> None:
    header = template.shape.get("header") or {}
    wanted = header.get("format") if header.get("format") in ("image", "video", "document") else ""
    if wanted and file is None:
        raise Refused("file_missing", _("This template needs a file."))
    if file is not None and file.kind != wanted:
        raise Refused("file_type", _("This template needs a file of another kind."))


def _words(template: MessageTemplate, given: Mapping[str, str]) -> str:
    return filled(str(template.shape.get("body", "")), "body", given)


def _data(template: MessageTemplate, given: Mapping[str, str]) -> dict[str, Any]:
    shape = template.shape
    header = shape.get("header") or {}
    data: dict[str, Any] = {
        "template": {
            "id": template.pk,
            "name": template.name,
            "language": template.language,
            "category": template.category,
        },
        "values": dict(given),
        "header": filled(header.get("text", ""), "header", given),
        "footer": shape.get("footer", ""),
        "buttons": [button.get("text", "") for button in shape.get("buttons", [])],
    }
    return {key: value for key, value in data.items() if value}
