"""A template with its values, as the customer reads it."""

from __future__ import annotations

import re
from typing import Any

from sandbox.catalogue import component
from sandbox.graph.parts import media_of, obj, text_of
from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.refusals import GraphError

PLACE = re.compile(r"\{\{\s*([^}\s]+)\s*\}\}")
LONGEST_BODY, LONGEST_VALUE = 1024, 1024
BROKEN = re.compile(r"[\n\t]| {5,}")
Said = tuple[dict[str, Any], str, dict[str, Any]]


def read(provider: Provider, number: Number, part: Any) -> Said:
    """(template, text, data) of the page; raises `GraphError`."""
    part = obj(part, "template")
    template = _usable(provider, number, part)
    given = part.get("components") or []
    if not isinstance(given, list):
        raise GraphError(100, "Param template['components'] must be a list.")
    parts = [obj(one, "component") for one in given]
    by_type = {str(one.get("type", "")).lower(): one for one in parts}
    header = _header(provider, number, template, by_type.get("header"))
    text = _fill(component(template, "BODY").get("text", ""), by_type.get("body"), "body", template)
    if len(text) > LONGEST_BODY:
        raise GraphError(132005, "The body is too long with these values.")
    data: dict[str, Any] = {
        "template": {key: template[key] for key in ("name", "language", "category")},
        **header,
        "buttons": _buttons(template, parts),
    }
    if footer := component(template, "FOOTER").get("text"):
        data["footer"] = footer
    return template, text, data


def _usable(provider: Provider, number: Number, part: dict[str, Any]) -> dict[str, Any]:
    name = text_of(part, "name", 512, required=True)
    language = text_of(obj(part.get("language"), "template['language']"), "code", 20, required=True)
    template = provider.catalogue.find(number.waba_id, name, language)
    if template is None or template["status"] in {"PENDING", "REJECTED"}:
        raise GraphError(132001, f"template name ({name}) does not exist in {language}")
    if template["status"] in {"PAUSED", "DISABLED"}:
        raise GraphError(132015 if template["status"] == "PAUSED" else 132016)
    return template


def _header(
    provider: Provider, number: Number, template: dict[str, Any], given: dict[str, Any] | None
) -> dict[str, Any]:
    wanted = component(template, "HEADER")
    kind = wanted.get("format", "").lower()
    if kind in {"", "text"}:
        text = _fill(wanted.get("text", ""), given, "header", template)
        return {"header": text} if text else {}
    parameters = _parameters(given)
    if len(parameters) != 1:
        raise GraphError(132012, f"header: expected one {kind}.")
    if parameters[0].get("type") != kind:
        raise GraphError(132012, f"header: expected {kind}, received {parameters[0].get('type')}.")
    file = obj(parameters[0].get(kind), kind)
    media = media_of(provider, number, kind, file)
    if kind == "document" and isinstance(file.get("filename"), str):
        media["name"] = file["filename"]
    return {"header_media": {"kind": kind, **media}}


def _fill(text: str, given: dict[str, Any] | None, where: str, template: dict[str, Any]) -> str:
    """Put the values into the braces; by name where the template has names."""
    names = list(dict.fromkeys(PLACE.findall(text)))
    parameters = _parameters(given)
    if len(parameters) != len(names):
        raise GraphError(
            132000,
            f"{where}: number of localizable_params ({len(parameters)}) does not match the"
            f" expected number of params ({len(names)})",
        )
    values = [_value(parameter, where) for parameter in parameters]
    if template.get("parameter_format") == "NAMED":
        told = [parameter.get("parameter_name") for parameter in parameters]
        if sorted(map(str, told)) != sorted(names):
            raise GraphError(100, f"{where}: Parameter name is missing or empty")
        by_name = dict(zip(map(str, told), values, strict=True))
    else:
        by_name = dict(zip(sorted(names, key=int), values, strict=True))
    return PLACE.sub(lambda found: by_name[found.group(1)], text)


def _parameters(given: dict[str, Any] | None) -> list[dict[str, Any]]:
    found = (given or {}).get("parameters") or []
    if not isinstance(found, list):
        raise GraphError(100, "Param parameters must be a list.")
    return [obj(one, "parameter") for one in found]


def _value(parameter: dict[str, Any], where: str) -> str:
    kind = parameter.get("type")
    if kind in {"currency", "date_time"}:
        return text_of(obj(parameter.get(kind), str(kind)), "fallback_value", 60, required=True)
    if kind != "text":
        raise GraphError(132012, f"{where}: expected text, received {kind}.")
    value = text_of(parameter, "text", LONGEST_VALUE, required=True)
    if BROKEN.search(value):
        raise GraphError(
            100, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        )
    return value


def _buttons(template: dict[str, Any], parts: list[dict[str, Any]]) -> list[dict[str, str]]:
    given = {
        str(one.get("index")): one for one in parts if str(one.get("type")).lower() == "button"
    }
    wanted = component(template, "BUTTONS").get("buttons", [])
    return [_button(one, str(i), given.get(str(i))) for i, one in enumerate(wanted)]


def _button(wanted: dict[str, Any], index: str, given: dict[str, Any] | None) -> dict[str, str]:
    parameters, text = _parameters(given), wanted["text"]
    if wanted["type"] == "QUICK_REPLY":
        payload = text_of(parameters[0], "payload", 256) if parameters else ""
        return {"kind": "reply", "text": text, "payload": payload or text}
    if wanted["type"] == "PHONE_NUMBER":
        return {"kind": "phone", "text": text, "phone": wanted["phone_number"]}
    url = wanted["url"]
    if PLACE.search(url):
        if len(parameters) != 1:
            raise GraphError(
                131008, f"buttons: Button at index {index} of type Url requires a parameter"
            )
        value = _value(parameters[0], f"button {index}")
        if "/otp/code/" in url:
            return {"kind": "code", "text": text, "code": value}
        url = PLACE.sub(lambda _found: value, url)
    return {"kind": "url", "text": text, "url": url}
