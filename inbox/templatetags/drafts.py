"""How a message template is drawn before it is sent: its text with places for values."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from inbox.wording import GAP

register = template.Library()

HEADERS = {"image": "image", "video": "video", "document": "file-text", "location": "map-pin"}
ACCEPTED = {"image": "image/jpeg,image/png", "video": "video/mp4,video/3gpp"}


@register.filter
def slotted(text: str, part: str) -> SafeString:
    """The text of a part, escaped, each of its gaps as an element that shows a field's value."""
    pieces = GAP.split(text or "")
    shown = [_slot(piece, part) if index % 2 else piece for index, piece in enumerate(pieces)]
    return format_html_join("", "{}", ((piece,) for piece in shown))


def _slot(name: str, part: str) -> SafeString:
    return format_html(
        '<mark data-shows="value:{0}.{1}" data-empty="{{{{{1}}}}}" data-blank>{{{{{1}}}}}</mark>',
        part,
        name,
    )


@register.filter
def field_label(key: str) -> str:
    """What a value is called: by its name, or by where it stands and its number."""
    part, _dot, name = key.partition(".")
    if part == "button":
        index, _dot, _name = name.partition(".")
        return _("End of the link of button {n}").format(n=int(index) + 1)
    if not name.isdigit():
        return name.replace("_", " ").capitalize()
    words = _("Value {n} of the header") if part == "header" else _("Value {n}")
    return words.format(n=name)


@register.filter
def header_icon(kind: str) -> str:
    """The icon of a header that is no text."""
    return HEADERS.get(kind, "file")


@register.filter
def header_label(kind: str) -> str:
    """The word for it."""
    known = {"image": _("Photo"), "video": _("Video"), "location": _("Location")}
    return known.get(kind, _("Document"))


@register.filter
def accepted(kind: str) -> str:
    """The content types that a header takes, for the file field; '' for any."""
    return ACCEPTED.get(kind, "")
