"""How conversations, channels and messages are called and drawn in the inbox."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.channels import adapter_for
from inbox.facts import sentence

register = template.Library()

CHANNEL_ICONS = {
    "whatsapp": "message-circle",
    "email": "mail",
    "telegram": "send",
    "practice": "flask-conical",
}
KINDS = {
    "image": ("image", gettext_lazy("Photo")),
    "video": ("video", gettext_lazy("Video")),
    "audio": ("mic", gettext_lazy("Voice message")),
    "document": ("file-text", gettext_lazy("Document")),
    "sticker": ("sticker", gettext_lazy("Sticker")),
    "location": ("map-pin", gettext_lazy("Location")),
    "contacts": ("user", gettext_lazy("Contact card")),
    "reaction": ("smile", gettext_lazy("Reaction")),
    "choice": ("mouse-pointer-click", gettext_lazy("Chosen answer")),
    "form": ("clipboard-list", gettext_lazy("Form")),
    "order": ("shopping-bag", gettext_lazy("Order")),
    "buttons": ("list", gettext_lazy("Buttons")),
    "list": ("list", gettext_lazy("List")),
    "template": ("layout-template", gettext_lazy("Template")),
    "deleted": ("ban", gettext_lazy("Deleted message")),
}
PHONES = {
    "cell": gettext_lazy("mobile"),
    "mobile": gettext_lazy("mobile"),
    "iphone": gettext_lazy("mobile"),
    "home": gettext_lazy("home"),
    "work": gettext_lazy("work"),
    "main": gettext_lazy("main"),
}
OTHER_KIND = (
    "circle-question-mark",
    gettext_lazy("A message of a kind that cannot be shown here yet"),
)


@register.filter
def phone(value: str) -> str:
    """A phone number as people read it; anything else unchanged."""
    digits = str(value).strip()
    try:
        number = phonenumbers.parse(digits if digits.startswith("+") else f"+{digits}")
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_possible_number(number):
        return digits
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@register.filter
def phone_label(kind: object) -> str:
    """The sort of a phone number on a contact card, in words; others as they were sent."""
    known = PHONES.get(str(kind or "").strip().lower())
    return str(known) if known else str(kind or "").strip()


@register.filter
def known_as(conversation: Any) -> str:
    """What to call the customer: name, else phone, else mail address, else the number."""
    contact = conversation.contact
    if contact.name:
        return str(contact.name)
    if contact.phone:
        return phone(contact.phone)
    return str(contact.email or _("Guest {number}").format(number=conversation.number))


@register.filter
def capped(count: Any, most: int = 999) -> str:
    """A number that stays narrow: 999+ for anything above; what is no number is nothing."""
    if not isinstance(count, int):
        return ""
    return f"{most}+" if count > most else str(count)


@register.filter
def same(first: object, second: object) -> bool:
    """Whether both are the same thing, and a thing at all."""
    return bool(first) and first == second


@register.filter
def author_key(message: Any) -> str:
    """Equal for messages that may share one bubble group."""
    return f"{message.direction}:{message.author_member_id or message.author_name or ''}"


@register.filter
def channel_icon(kind: str) -> str:
    """The icon of a kind of channel."""
    return CHANNEL_ICONS.get(kind, "message-circle")


@register.filter
def channel_label(kind: str) -> str:
    """What a kind of identity or channel is called; kinds without an adapter by their key."""
    try:
        return adapter_for(kind).label
    except KeyError:
        return kind.replace("_", " ").capitalize()


@register.filter
def kind_of(message: Any) -> str:
    """Its kind; for one that no adapter reads yet, what the provider called it."""
    return str(message.data.get("type", "")) if message.kind == "unsupported" else message.kind


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a message that is not text."""
    return KINDS.get(kind, OTHER_KIND)[0]


@register.filter
def kind_label(kind: str) -> str:
    """The word for a message that is not text."""
    return str(KINDS.get(kind, OTHER_KIND)[1])


@register.filter
def bracketed(preview: str) -> str:
    """The kind in a preview like "[image]", or '' if the preview is words."""
    inner = preview[1:-1] if preview[:1] == "[" and preview[-1:] == "]" else ""
    return inner if inner.isidentifier() else ""


@register.simple_tag
def fact(message: Any) -> SafeString:
    """What happened, in the viewer's language."""
    return sentence(message.data)
