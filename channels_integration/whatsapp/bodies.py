"""The JSON of outgoing messages: one builder for each kind.

A builder gets the message and the id of its file, if it has one, and returns what stands
under the type's name. It raises `DeliveryFailed("message")` for what the provider would
refuse, so that nothing is asked in vain and the agent reads why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp import components, interactive
from channels_integration.whatsapp.checks import refused, within
from channels_integration.whatsapp.errors import BAD_TYPE
from channels_integration.whatsapp.files import harmless
from channels_integration.whatsapp.limits import CAPTIONED, MAX_CAPTION, MAX_TEXT
from channels_integration.whatsapp.payload import number
from inbox.channels import IdentityKey, Outgoing

LONGEST_REFERENCE = 512
LONGEST_PLACE = 1000
LONGEST_NAME = 240

NO_TEXT = _("A message without text can't be sent.")
TEXT_TOO_LONG = _("The text is longer than the 4,096 characters that WhatsApp carries.")
CAPTION_TOO_LONG = _("The text is longer than the 1,024 characters that go with a file.")
NO_CAPTION = _("WhatsApp carries no text with this kind of file. Send it separately.")
NO_FILE = _("The file of this message is missing.")
NO_PLACE = _("This is no place on the map.")
PLACE_TOO_LONG = _("The name or the address of the place is too long.")
NO_TARGET = _("The message that this reaction is to was never delivered.")
EMOJI = _("A reaction is one emoji.")


def message_body(outgoing: Outgoing, media_id: str = "") -> dict[str, Any]:
    """The whole body. Our reference comes back in every status, so that a message whose
    answer got lost is still recognised."""
    build = BUILDERS.get(outgoing.kind)
    if build is None:
        raise refused(BAD_TYPE)
    kind, content = build(outgoing, media_id)
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        **_recipient(outgoing.to[0], is_group=outgoing.is_group),
        "type": kind,
        kind: content,
        "biz_opaque_callback_data": outgoing.ref[:LONGEST_REFERENCE],
    }
    if outgoing.reply_to and kind != "reaction":
        body["context"] = {"message_id": outgoing.reply_to}
    return body


def _recipient(key: IdentityKey, *, is_group: bool) -> dict[str, str]:
    if is_group:
        return {"recipient_type": "group", "to": key.value}
    return {"recipient_type": "individual", "recipient" if key.scope else "to": key.value}


Built = tuple[str, dict[str, Any]]


def _text(outgoing: Outgoing, media_id: str) -> Built:
    body = within(outgoing.text, MAX_TEXT, TEXT_TOO_LONG, empty=NO_TEXT)
    return "text", {"body": body, "preview_url": False}


def _media(outgoing: Outgoing, media_id: str) -> Built:
    file, kind = outgoing.file, outgoing.kind
    if file is None:
        raise refused(NO_FILE)
    if outgoing.text and kind not in CAPTIONED:
        raise refused(NO_CAPTION)
    content: dict[str, Any] = {"id": media_id}
    if caption := within(outgoing.text, MAX_CAPTION, CAPTION_TOO_LONG):
        content["caption"] = caption
    if kind == "document" and (name := harmless(file.name, LONGEST_NAME)):
        content["filename"] = name
    if kind == "audio" and file.voice and file.content_type == "audio/ogg":
        content["voice"] = True
    return kind, content


def _location(outgoing: Outgoing, media_id: str) -> Built:
    data = outgoing.data
    latitude, longitude = number(data.get("latitude")), number(data.get("longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise refused(NO_PLACE)
    named = {
        key: within(data.get(key), LONGEST_PLACE, PLACE_TOO_LONG) for key in ("name", "address")
    }
    told = {key: value for key, value in named.items() if value}
    return "location", {"latitude": latitude, "longitude": longitude, **told}


def _buttons(outgoing: Outgoing, media_id: str) -> Built:
    return "interactive", interactive.buttons(outgoing.text, outgoing.data)


def _list(outgoing: Outgoing, media_id: str) -> Built:
    return "interactive", interactive.choices(outgoing.text, outgoing.data)


def _template(outgoing: Outgoing, media_id: str) -> Built:
    return "template", components.template(outgoing.data, outgoing.file, media_id)


def _reaction(outgoing: Outgoing, media_id: str) -> Built:
    """An empty emoji takes the reaction back."""
    if not outgoing.reply_to:
        raise refused(NO_TARGET)
    emoji = within(outgoing.text, 16, EMOJI)
    return "reaction", {"message_id": outgoing.reply_to, "emoji": emoji}


BUILDERS: Mapping[str, Callable[[Outgoing, str], Built]] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "audio": _media,
    "document": _media,
    "location": _location,
    "buttons": _buttons,
    "list": _list,
    "template": _template,
    "reaction": _reaction,
}
