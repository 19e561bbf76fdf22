"""Reads JSON that a stranger may have written, into values that can be stored.

What comes out has string keys without duplicates, no NUL and no lone surrogates (which
PostgreSQL refuses), only finite numbers, and bounded depth. Everything else is `Unparsable`.

There are two ways to read a value. `obj`, `objects` and `text` insist: without an id, a time
or a sender nothing can be stored. `said`, `mapping`, `rows`, `number` and `link` make the best
of it: a broken particular must not cost a message.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from django.utils.translation import gettext_noop as _

from inbox.channels import Unparsable

MAX_DEPTH = 40
LONGEST_TEXT = 65536
LARGEST = 1e15
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LINK = re.compile(r"https?://[^\s\x00-\x1f\x7f]{1,2000}", re.IGNORECASE)

TOO_DEEP = _("It is nested too deep.")
NOT_JSON = _("It is not JSON.")
NO_OBJECT = _("An object was expected where something else came.")
NO_LIST = _("A list of objects was expected where something else came.")
NO_TEXT = _("A text was expected where something else came.")
TOO_LONG = _("A text is longer than we store.")
KEY_TWICE = _("The same key comes twice.")
NO_NUMBER = _("A number is not one that we can store.")


def load(body: bytes) -> dict[str, Any]:
    """The JSON object of a body."""
    try:
        found = json.loads(
            body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant
        )
    except RecursionError as error:
        raise Unparsable(TOO_DEEP) from error
    except ValueError as error:
        raise Unparsable(NOT_JSON) from error
    if not isinstance(found, dict):
        raise Unparsable(NO_OBJECT)
    storable: dict[str, Any] = _storable(found, MAX_DEPTH)
    return storable


def dump(value: Any) -> bytes:
    """JSON in one spelling: the same content gives the same bytes, and the same digest."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode("ascii")


def obj(value: Any) -> dict[str, Any]:
    """A value that must be an object where it is there at all."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Unparsable(NO_OBJECT)
    return value


def objects(value: Any) -> list[dict[str, Any]]:
    """A value that must be a list of objects where it is there at all."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Unparsable(NO_LIST)
    return value


def text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """A value that must be text (a number counts) where it is there at all."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unparsable(NO_TEXT)
    found = str(value)
    if len(found) > longest:
        raise Unparsable(TOO_LONG)
    return found


def said(value: Any, longest: int = LONGEST_TEXT) -> str:
    """The text of a value, cut to `longest`; '' where it is not text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)[:longest]


def mapping(value: Any) -> dict[str, Any]:
    """The object of a value; empty where it is none."""
    return value if isinstance(value, dict) else {}


def rows(value: Any, most: int = 1000) -> list[dict[str, Any]]:
    """The objects in a list, at most so many; whatever else lies in it is passed over."""
    found = value if isinstance(value, list) else []
    return [item for item in found if isinstance(item, dict)][:most]


def number(value: Any) -> float | int | None:
    """A number, also one that is spelled as a text; None where it is none, or absurd."""
    if isinstance(value, str) and len(value) < 40 and value.isascii():
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < LARGEST else None


def link(value: Any) -> str:
    """A web address that may become a link; '' for anything else."""
    return value if isinstance(value, str) and LINK.fullmatch(value) else ""


def told(**values: Any) -> dict[str, Any]:
    """Only what has something to say: without None, '' and empty lists."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unparsable(KEY_TWICE)
    return found


def _constant(name: str) -> None:
    raise Unparsable(NO_NUMBER)


def _storable(value: Any, depth: int) -> Any:
    if depth == 0:
        raise Unparsable(TOO_DEEP)
    if isinstance(value, dict):
        return {_clean(key): _storable(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item, depth - 1) for item in value]
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise Unparsable(NO_NUMBER)
    return value


def _clean(value: str) -> str:
    return UNSTORABLE.sub("\ufffd", value) if UNSTORABLE.search(value) else value
