"""Web addresses in what people write: found, trimmed of the sentence around them, and judged.
One place for the bubbles that show them and for the list that gathers them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

# Invisible characters and marks that turn the direction of writing end an address.
LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'`\u200b-\u200f\u2028-\u202e]{2,}", re.IGNORECASE)
ENDING = ".,;:!?*_~\u2026\u201d\u2019"
OPENING = {")": "(", "]": "[", "}": "{"}


class Link(NamedTuple):
    """A link in a text: where it begins, how it was written, and its whole address."""

    start: int
    shown: str
    url: str


def links_in(text: str) -> Iterator[Link]:
    """The links of a text in their order; what is no address of the web is none."""
    if "://" not in text and "www." not in text.lower():
        return
    for match in LINK.finditer(text):
        shown = _trimmed(match[0])
        url = shown if "://" in shown else f"https://{shown}"
        if safe_url(url):
            yield Link(match.start(), shown, url)


def safe_url(url: object) -> str:
    """The address if it is one of the web, else ''."""
    try:
        parts = urlsplit(str(url or ""))
    except ValueError:
        return ""
    return str(url) if parts.scheme.lower() in ("http", "https") and parts.hostname else ""


def host_of(url: object) -> str:
    """The host of a web address, as people call it; '' for anything else."""
    known = safe_url(url)
    return (urlsplit(known).hostname or "").removeprefix("www.") if known else ""


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it."""
    while address:
        last = address[-1]
        unopened = last in OPENING and address.count(last) > address.count(OPENING[last])
        if last not in ENDING and not unopened:
            break
        address = address[:-1]
    return address
