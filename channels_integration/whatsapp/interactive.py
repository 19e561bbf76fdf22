"""Buttons and lists, within the provider's limits of numbers and lengths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp.checks import refused, within
from channels_integration.whatsapp.limits import MAX_CAPTION
from channels_integration.whatsapp.payload import rows

MOST_BUTTONS, MOST_ROWS, MOST_SECTIONS = 3, 10, 10
BUTTON, ROW, ABOUT, SMALL = 20, 24, 72, 60
BUTTON_ID, ROW_ID = 256, 200

QUESTION = _("A question with choices needs a text of at most 1,024 characters.")
AROUND = _("The line above or below a question has at most 60 characters.")
BUTTONS = _("A question has one to three buttons, with different titles of at most 20 characters.")
LIST = _("A list has a button of at most 20 characters and one to ten rows.")
ROWS = _("A row has a title of at most 24 characters and a description of at most 72.")
SECTIONS = _("Each part of a list needs a title of at most 24 characters.")
IDS = _("Two choices can't be told apart.")


def buttons(text: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A question with up to three buttons."""
    given = rows(data.get("buttons"))
    if not 1 <= len(given) <= MOST_BUTTONS:
        raise refused(BUTTONS)
    made = [
        {
            "id": within(row.get("id"), BUTTON_ID, IDS, empty=IDS),
            "title": within(row.get("title"), BUTTON, BUTTONS, empty=BUTTONS),
        }
        for row in given
    ]
    _check_distinct([row["title"] for row in made], BUTTONS)
    _check_distinct([row["id"] for row in made], IDS)
    replies = [{"type": "reply", "reply": row} for row in made]
    return {"type": "button", **_around(text, data), "action": {"buttons": replies}}


def choices(text: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A question with a list that opens, in one or more parts."""
    given = rows(data.get("sections"))
    made = [_section(section, is_alone=len(given) == 1) for section in given]
    ids = [row["id"] for section in made for row in section["rows"]]
    if not 1 <= len(ids) <= MOST_ROWS or len(made) > MOST_SECTIONS:
        raise refused(LIST)
    _check_distinct(ids, IDS)
    button = within(data.get("button"), BUTTON, LIST, empty=LIST)
    return {
        "type": "list",
        **_around(text, data),
        "action": {"button": button, "sections": made},
    }


def _section(section: Mapping[str, Any], *, is_alone: bool) -> dict[str, Any]:
    title = within(section.get("title"), ROW, SECTIONS, empty="" if is_alone else SECTIONS)
    made = [_row(row) for row in rows(section.get("rows"))]
    if not made:
        raise refused(LIST)
    return {"title": title, "rows": made} if title else {"rows": made}


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    made = {
        "id": within(row.get("id"), ROW_ID, IDS, empty=IDS),
        "title": within(row.get("title"), ROW, ROWS, empty=ROWS),
    }
    about = within(row.get("description"), ABOUT, ROWS)
    return {**made, "description": about} if about else made


def _around(text: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The question itself, and the lines above and below it."""
    made: dict[str, Any] = {"body": {"text": within(text, MAX_CAPTION, QUESTION, empty=QUESTION)}}
    if header := within(data.get("header"), SMALL, AROUND):
        made["header"] = {"type": "text", "text": header}
    if footer := within(data.get("footer"), SMALL, AROUND):
        made["footer"] = {"text": footer}
    return made


def _check_distinct(values: list[str], sentence: str) -> None:
    if len(set(values)) < len(values):
        raise refused(sentence)
