"""A template with its values, as the provider wants it: a component for each of its parts.

The keys of the values say all that is needed: ``body.1`` is positional and ``body.name`` is
named; ``button.0.1`` is the end of a link, ``button.0.code`` a code to copy; a header with
``header.latitude`` is a place, and one with a file has the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp.checks import refused, within
from channels_integration.whatsapp.files import harmless
from channels_integration.whatsapp.payload import mapping, number, said
from inbox.channels import OutgoingFile

PLACE = ("latitude", "longitude", "name", "address")
CODE = "code"
LONGEST_VALUE, LONGEST_URL, LONGEST_CODE = 1024, 2000, 20
GAP = " " * 5

NO_TEMPLATE = _("It is not told which template this is.")
VALUE = _("A value of the template is missing or too long.")
ONE_LINE = _("A value of a template is one line, without tabs or wide gaps.")
HEADER_FILE = _("The top of a template holds a picture, a film or a document.")
HEADER_PLACE = _("The place at the top of the template is incomplete.")


def template(data: Mapping[str, Any], file: OutgoingFile | None, media_id: str) -> dict[str, Any]:
    """The content of a template message."""
    which = mapping(data.get("template"))
    name, language = said(which.get("name"), 512), said(which.get("language"), 20)
    if not name or not language:
        raise refused(NO_TEMPLATE)
    values = _by_part(mapping(data.get("values")))
    found = [
        _header(values.get("header", {}), file, media_id),
        _texts("body", values.get("body", {})),
        *_buttons(values.get("button", {})),
    ]
    made: dict[str, Any] = {"name": name, "language": {"code": language}}
    if components := [component for component in found if component]:
        made["components"] = components
    return made


def _by_part(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """{"body": {"1": ...}, "button": {"0.1": ...}}"""
    parts: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        part, _dot, name = str(key).partition(".")
        parts.setdefault(part, {})[name] = value
    return parts


def _header(
    values: dict[str, Any], file: OutgoingFile | None, media_id: str
) -> dict[str, Any] | None:
    if file is not None:
        return {"type": "header", "parameters": [_file(file, media_id)]}
    if "latitude" in values:
        return {"type": "header", "parameters": [_place(values)]}
    return _texts("header", {key: value for key, value in values.items() if key != "file"})


def _file(file: OutgoingFile, media_id: str) -> dict[str, Any]:
    if file.kind not in {"image", "video", "document"}:
        raise refused(HEADER_FILE)
    told = {"id": media_id}
    if file.kind == "document" and (name := harmless(file.name, 240)):
        told["filename"] = name
    return {"type": file.kind, file.kind: told}


def _place(values: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = number(values.get("latitude")), number(values.get("longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise refused(HEADER_PLACE)
    place = {key: _line(values.get(key), LONGEST_VALUE) for key in ("name", "address")}
    there = {"latitude": str(latitude), "longitude": str(longitude), **place}
    return {"type": "location", "location": there}


def _texts(part: str, values: dict[str, Any]) -> dict[str, Any] | None:
    """The values of a text: positional ones in their order, or named ones."""
    if not values:
        return None
    if all(name.isascii() and name.isdigit() for name in values):
        ordered = [values[name] for name in sorted(values, key=int)]
        parameters = [{"type": "text", "text": _line(v, LONGEST_VALUE)} for v in ordered]
    else:
        parameters = [
            {"type": "text", "parameter_name": name, "text": _line(value, LONGEST_VALUE)}
            for name, value in values.items()
        ]
    return {"type": part, "parameters": parameters}


def _buttons(values: dict[str, Any]) -> list[dict[str, Any]]:
    made = []
    for key in sorted(values):
        index, _dot, name = key.partition(".")
        if name == CODE:
            kind = "copy_code"
            parameter = {"type": "coupon_code", "coupon_code": _line(values[key], LONGEST_CODE)}
        else:
            kind, parameter = "url", {"type": "text", "text": _line(values[key], LONGEST_URL)}
        button = {"type": "button", "sub_type": kind, "index": index, "parameters": [parameter]}
        made.append(button)
    return made


def _line(value: Any, longest: int) -> str:
    found = within(value, longest, VALUE, empty=VALUE)
    if any(gap in found for gap in ("\n", "\r", "\t", GAP)):
        raise refused(ONE_LINE)
    return found
