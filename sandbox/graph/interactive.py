"""Messages with buttons and lists, within the provider's limits."""

from __future__ import annotations

from typing import Any

from sandbox.graph.parts import media_of, obj, text_of
from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.refusals import GraphError

LONGEST_BODY = {"button": 1024, "list": 4096}
LONGEST_EDGE = 60  # of a header or footer
MOST_BUTTONS, MOST_ROWS, MOST_SECTIONS = 3, 10, 10


def read(provider: Provider, number: Number, part: Any) -> tuple[str, str, dict[str, Any]]:
    """(kind, text, data) of the page; raises `GraphError`."""
    part = obj(part, "interactive")
    kind = part.get("type")
    action = obj(part.get("action"), "interactive['action']")
    body = obj(part.get("body"), "interactive['body']")
    text = text_of(body, "text", LONGEST_BODY.get(str(kind), 1024), required=True)
    data = _edges(provider, number, part)
    if kind == "button":
        return "buttons", text, {**data, "buttons": _buttons(action)}
    if kind == "list":
        return "list", text, {**data, **_list(action)}
    if kind == "cta_url":
        asked = obj(action.get("parameters"), "action['parameters']")
        button = {"kind": "url", "text": text_of(asked, "display_text", 20, required=True)}
        return "link", text, {**data, "buttons": [{**button, "url": text_of(asked, "url", 2000)}]}
    if kind in {"location_request_message", "request_contact_info"}:
        asks = "location" if kind == "location_request_message" else "contact"
        return "request", text, {**data, "asks": asks}
    raise GraphError(131009, f"interactive['type'] can't be {kind}.")


def _edges(provider: Provider, number: Number, part: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if part.get("header") is not None:
        header = obj(part["header"], "interactive['header']")
        kind = header.get("type")
        if kind == "text":
            data["header"] = text_of(header, "text", LONGEST_EDGE, required=True)
        elif kind in {"image", "video", "document"} and part.get("type") == "button":
            file = obj(header.get(kind), f"header['{kind}']")
            data["header_media"] = {"kind": kind, **media_of(provider, number, kind, file)}
        else:
            raise GraphError(131009, f"A header here can't be {kind}.")
    if part.get("footer") is not None:
        footer = obj(part["footer"], "interactive['footer']")
        data["footer"] = text_of(footer, "text", LONGEST_EDGE, required=True)
    return data


def _buttons(action: dict[str, Any]) -> list[dict[str, str]]:
    given = action.get("buttons")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_BUTTONS:
        raise GraphError(131009, f"There must be 1 to {MOST_BUTTONS} buttons.")
    found = []
    for one in given:
        reply = obj(obj(one, "button").get("reply"), "button['reply']")
        title = text_of(reply, "title", 20, required=True)
        found.append({"id": text_of(reply, "id", 256, required=True), "title": title})
    _check_unique(found, "id")
    _check_unique(found, "title")
    return found


def _list(action: dict[str, Any]) -> dict[str, Any]:
    button = text_of(action, "button", 20, required=True)
    given = action.get("sections")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_SECTIONS:
        raise GraphError(131009, f"There must be 1 to {MOST_SECTIONS} sections.")
    sections = []
    for one in given:
        title = text_of(obj(one, "section"), "title", 24, required=len(given) > 1)
        rows = one.get("rows")
        if not isinstance(rows, list) or not rows:
            raise GraphError(131008, "A section needs rows.")
        sections.append({"title": title, "rows": [_row(obj(row, "row")) for row in rows]})
    rows = [row for section in sections for row in section["rows"]]
    if len(rows) > MOST_ROWS:
        raise GraphError(131009, f"There must be at most {MOST_ROWS} rows in all.")
    _check_unique(rows, "id")
    return {"button": button, "sections": sections}


def _row(row: dict[str, Any]) -> dict[str, str]:
    made = {
        "id": text_of(row, "id", 200, required=True),
        "title": text_of(row, "title", 24, required=True),
    }
    description = text_of(row, "description", 72)
    return {**made, "description": description} if description else made


def _check_unique(rows: list[dict[str, str]], name: str) -> None:
    if len({row[name] for row in rows}) < len(rows):
        raise GraphError(131009, f"Every {name} must be different.")
