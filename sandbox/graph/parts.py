"""Small readers that several types of message share; all raise `GraphError`."""

from __future__ import annotations

from typing import Any

from sandbox.library import LIMITS
from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.refusals import GraphError


def part_of(body: dict[str, Any], name: str) -> Any:
    """What stands under the name of the type."""
    if body.get(name) is None:
        raise GraphError(100, f"The parameter {name} is required.")
    return body[name]


def obj(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise GraphError(100, f"Param {name} must be an object.")
    return value


def text_of(part: dict[str, Any], name: str, longest: int, *, required: bool = False) -> str:
    """A text of at most so many characters; '' where it is absent."""
    value = part.get(name, "")
    if not isinstance(value, str):
        raise GraphError(100, f"Param {name} must be a text.")
    if required and not value.strip():
        raise GraphError(131008, f"The parameter {name} is required.")
    if len(value) > longest:
        raise GraphError(131009, f"{name} must be at most {longest} characters long.")
    return value


def media_of(provider: Provider, number: Number, kind: str, part: dict[str, Any]) -> dict[str, Any]:
    """The file that is named by `id` or `link`, as the page draws it. A link is not fetched:
    nothing leaves this machine."""
    link, media_id = part.get("link"), part.get("id")
    if isinstance(link, str) and link.startswith(("https://", "http://")):
        return {"link": link, "name": link.rpartition("/")[2][:120]}
    if not isinstance(media_id, str) or not media_id:
        raise GraphError(100, f"Either {kind}['id'] or {kind}['link'] is required.")
    media = None if provider.knobs.media_gone else provider.library.find(media_id)
    if media is None or media.owner != number.phone_number_id:
        raise GraphError(100, f"{kind}['id'] is not a valid media attachment ID.")
    if media.content_type not in LIMITS[kind][0]:
        raise GraphError(131053, f"{media.content_type} can't be sent as {kind}.")
    return media.shown()
