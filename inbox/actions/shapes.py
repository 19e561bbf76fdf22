"""The shapes of outgoing messages that are more than text; see `docs/message-kinds.md`.

The numbers are WhatsApp's, the strictest of the channels that have such messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from helpdesk.errors import Refused

MOST_BUTTONS, MOST_ROWS = 3, 10
TITLE, ROW_TITLE, DESCRIPTION, SMALL, IDENTIFIER = 20, 24, 72, 60, 200
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # by PostgreSQL; JSON can spell them


def location(given: Mapping[str, Any]) -> dict[str, Any]:
    """`Refused("bad_location")` for what is no place on earth."""
    place: dict[str, Any] = {}
    for name, most in (("latitude", 90), ("longitude", 180)):
        value = _number(given.get(name))
        if value is None or not -most <= value <= most:
            raise Refused("bad_location", _("Give the place as latitude and longitude."))
        place[name] = value
    for name in ("name", "address"):
        if text := _text(given.get(name), 200):
            place[name] = text
    return place


def buttons(given: Mapping[str, Any]) -> dict[str, Any]:
    """`Refused("bad_buttons")` unless there are one to three, each with a title of its own."""
    rows = _rows(given.get("buttons"), "button", TITLE, with_description=False)
    titles = {row["title"] for row in rows}
    if not 1 <= len(rows) <= MOST_BUTTONS or len(titles) < len(rows):
        raise Refused("bad_buttons", _("Give one to three buttons with different titles."))
    return {"buttons": rows, **_around(given)}


def choices(given: Mapping[str, Any]) -> dict[str, Any]:
    """`Refused("bad_list")` unless it has a button and one to ten rows."""
    button = _text(given.get("button"), TITLE)
    sections: list[dict[str, Any]] = []
    for section in _objects(given.get("sections")):
        rows = _rows(section.get("rows"), f"row{len(sections)}", ROW_TITLE, with_description=True)
        if rows:
            sections.append({"title": _text(section.get("title"), ROW_TITLE), "rows": rows})
    count = sum(len(section["rows"]) for section in sections)
    if not button or not 1 <= count <= MOST_ROWS:
        raise Refused("bad_list", _("Give a button and one to ten rows."))
    ids = [row["id"] for section in sections for row in section["rows"]]
    if len(set(ids)) < len(ids):
        raise Refused("bad_choice", _("Two choices have the same id."))
    if len(sections) > 1 and not all(section["title"] for section in sections):
        raise Refused("bad_list", _("Each part of the list needs a title."))
    return {"button": button, "sections": sections, **_around(given)}


SHAPES: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "location": location,
    "buttons": buttons,
    "list": choices,
}


def _around(given: Mapping[str, Any]) -> dict[str, str]:
    told = {name: _text(given.get(name), SMALL) for name in ("header", "footer")}
    return {name: text for name, text in told.items() if text}


def _rows(given: Any, prefix: str, longest: int, *, with_description: bool) -> list[dict[str, Any]]:
    rows = []
    for number, one in enumerate(_objects(given), 1):
        title = _text(one.get("title"), longest)
        if not title:
            continue
        row = {"id": _text(one.get("id"), IDENTIFIER) or f"{prefix}-{number}", "title": title}
        if with_description and (description := _text(one.get("description"), DESCRIPTION)):
            row["description"] = description
        rows.append(row)
    if len({row["id"] for row in rows}) < len(rows):
        raise Refused("bad_choice", _("Two choices have the same id."))
    return rows


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any, longest: int) -> str:
    text = UNSTORABLE.sub("", value).strip() if isinstance(value, str) else ""
    if len(text) > longest:
        told = _("“%(text)s” is too long: at most %(most)d characters.")
        raise Refused("text_too_long", told % {"text": text[:40], "most": longest}, most=longest)
    return text


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if number == number else None
