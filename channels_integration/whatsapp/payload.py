"""Reads JSON that a stranger may have written, into values that can be stored.

What comes out has string keys without duplicates, no NUL and no lone surrogates (which
PostgreSQL refuses), only finite numbers, and bounded depth. Everything else is `Unparsable`.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from inbox.channels import Unparsable

MAX_DEPTH = 40
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def load(body: bytes) -> dict[str, Any]:
    """The JSON object of a body."""
    try:
        found = json.loads(
            body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant
        )
    except RecursionError as error:
        raise Unparsable("Nested too deep") from error
    except ValueError as error:
        raise Unparsable("Not JSON") from error
    if not isinstance(found, dict):
        raise Unparsable("Not a JSON object")
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
        raise Unparsable("An object was expected")
    return value


def objects(value: Any) -> list[dict[str, Any]]:
    """A value that must be a list of objects where it is there at all."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Unparsable("A list of objects was expected")
    return value


def text(value: Any, longest: int = 65536) -> str:
    """A value that must be text (a number counts) where it is there at all."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unparsable("Text was expected")
    found = str(value)
    if len(found) > longest:
        raise Unparsable("A text is too long")
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unparsable("The same key twice")
    return found


def _constant(name: str) -> None:
    raise Unparsable(f"{name} is not a number")


def _storable(value: Any, depth: int) -> Any:
    if depth == 0:
        raise Unparsable("Nested too deep")
    if isinstance(value, dict):
        return {_clean(key): _storable(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item, depth - 1) for item in value]
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise Unparsable("A number is too large")
    return value


def _clean(value: str) -> str:
    return UNSTORABLE.sub("\ufffd", value) if UNSTORABLE.search(value) else value
