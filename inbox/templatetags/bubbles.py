"""How a message is drawn: its words with safe links, and what each kind needs besides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.links import host_of, links_in, safe_url
from inbox.mentioning import calls

register = template.Library()

# The templates of `templates/inbox/message/`, by kind.
LOOKS = {
    "image": "file",
    "video": "file",
    "audio": "file",
    "document": "file",
    "sticker": "file",
    "location": "location",
    "contacts": "contacts",
    "choice": "choice",
    "form": "form",
    "order": "order",
    "buttons": "menu",
    "list": "menu",
    "template": "menu",
    "text": "words",
    "reaction": "reaction",
}
MOST_EMOJI = 3
CATEGORIES = {
    "marketing": gettext_lazy("Marketing"),
    "marketing_lite": gettext_lazy("Marketing"),
    "utility": gettext_lazy("Utility"),
    "authentication": gettext_lazy("Authentication"),
    "authentication_international": gettext_lazy("Authentication"),
    "service": gettext_lazy("Service"),
    "referral_conversion": gettext_lazy("After an advertisement"),
}


@register.filter
def linked(text: str) -> SafeString:
    """The text, escaped, with its web addresses as links that open elsewhere."""
    parts, at = [], 0
    for link in links_in(text):
        parts += [escape(text[at : link.start]), _link(link.url, link.shown)]
        at = link.start + len(link.shown)
    if not parts:
        return escape(text)
    parts.append(escape(text[at:]))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.filter
def with_mentions(note: Any) -> SafeString:
    """The words of a note with those who are called set off; `data-members` says whom a call
    reaches, so that a page may know its own."""
    members: dict[str, set[int]] = {}
    for one in note.data.get("mentions", []):
        members.setdefault(one["name"], set()).update(one["members"])
    parts, at = [], 0
    for names, start, end in calls(note.text, members):
        ids = " ".join(map(str, sorted(set().union(*(members[name] for name in names)))))
        chip = '<span class="mention" data-members="{}">{}</span>'
        parts += [linked(note.text[at:start]), format_html(chip, ids, note.text[start:end])]
        at = end
    parts.append(linked(note.text[at:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _link(url: str, shown: str) -> SafeString:
    return format_html(
        '<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>', url, shown
    )


register.filter("safe_url", safe_url)
register.filter("host", host_of)


@register.filter
def say_class(message: Any) -> str:
    """What the bubble's class says besides ``say``: its look, or that it is emoji alone."""
    if message.kind == "text":
        return " is-emoji" if only_emoji(message.text) else ""
    return f" is-{message.kind}" if message.kind in LOOKS else " is-odd"


def only_emoji(text: str) -> bool:
    """Whether it is one to three emoji and nothing else."""
    if not text or text.isascii() or len(text) > 8 * MOST_EMOJI:
        return False
    seen, joined = 0.0, False
    for character in text:
        if character == "\u200d":
            joined = True
            continue
        category = unicodedata.category(character)
        if character == "\ufe0f" or category == "Sk" or character.isspace():
            continue
        if category != "So":
            return False
        if not joined:
            is_half_a_flag = "\U0001f1e6" <= character <= "\U0001f1ff"
            seen += 0.5 if is_half_a_flag else 1
        joined = False
    return 0 < seen <= MOST_EMOJI


@register.filter
def reactions_of(message: Any) -> list[dict[str, Any]]:
    """One row for each emoji: how often, and whether one of ours is among them."""
    found: dict[str, dict[str, Any]] = {}
    for who, reaction in message.reactions.items():
        if emoji := reaction.get("emoji"):
            row = found.setdefault(emoji, {"emoji": emoji, "count": 0, "ours": False})
            row["count"] += 1
            row["ours"] = row["ours"] or who == "us"
    return list(found.values())


@register.filter
def our_reaction(message: Any) -> str:
    """The emoji with which we reacted, or ''."""
    return str(message.reactions.get("us", {}).get("emoji", "")) if message.reactions else ""


@register.filter
def earlier_words(message: Any) -> list[dict[str, Any]]:
    """The versions before the one that is shown, oldest first."""
    return list(message.data.get("edits", []))[:-1]


@register.filter
def map_url(data: dict[str, Any]) -> str:
    """Where a location is shown on a map; '' for what are no coordinates."""
    try:
        at = float(data["latitude"]), float(data["longitude"])
    except (KeyError, TypeError, ValueError):
        return ""
    where = f"{at[0]:.6f}", f"{at[1]:.6f}"
    return "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=16/{0}/{1}".format(*where)


@register.filter
def coordinates(data: dict[str, Any]) -> str:
    """Latitude and longitude for people, with points in every language."""
    try:
        return f"{float(data['latitude']):.5f}, {float(data['longitude']):.5f}"
    except (KeyError, TypeError, ValueError):
        return ""


@register.filter
def answer(value: Any) -> str:
    """A value of a form in words: lists one after another, truths as yes and no."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {answer(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(answer(one) for one in value)
    return "\u2013" if value in (None, "") else str(value)


@register.filter
def label_of(key: object) -> str:
    """A form's key as a label: ``delivery_date`` becomes "Delivery date"."""
    words = re.sub(r"[_\-\s]+", " ", str(key)).strip()
    return words[:1].upper() + words[1:]


@register.filter
def amount(item: dict[str, Any]) -> str:
    """The price of an order's item with its currency."""
    return _money(item.get("price"), item.get("currency"))


@register.filter
def total(items: Iterable[dict[str, Any]]) -> str:
    """The sum of an order, if all of it is in one currency."""
    rows = list(items)
    currencies = {row.get("currency") for row in rows}
    try:
        value = sum(float(row["price"]) * float(row["quantity"]) for row in rows)
    except (KeyError, TypeError, ValueError):
        return ""
    return _money(value, currencies.pop()) if len(currencies) == 1 else ""


def _money(value: Any, currency: Any) -> str:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return ""
    places = 0 if number == int(number) else 2
    sign = {"IDR": "Rp"}.get(str(currency), str(currency or ""))
    return f"{sign}\u00a0{number_format(number, places, force_grouping=True)}".strip()


@register.filter
def pairs(answers: Any) -> list[tuple[str, Any]]:
    """Names and values of an object, whatever its keys are called."""
    return list(answers.items()) if isinstance(answers, dict) else []


@register.filter
def goods(message: Any) -> list[dict[str, Any]]:
    """What was ordered."""
    rows = message.data.get("items")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


@register.filter
def title_of(button: Any) -> str:
    """What stands on a button: of buttons with an id, and of a template's plain titles."""
    return str(button.get("title", "")) if isinstance(button, dict) else str(button)


@register.filter
def category(name: object) -> str:
    """A template's category in words; one that we do not know as the provider calls it."""
    known = CATEGORIES.get(str(name or "").lower())
    return str(known) if known else label_of(str(name or "").lower())
