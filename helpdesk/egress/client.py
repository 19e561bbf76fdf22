"""The three ways to talk to another machine: ask, fetch a file, bring a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from helpdesk.egress.exchange import MAX_BYTES, Answer, Sink, Writable, converse

SECONDS = 10.0


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    json: Any = None,
    content: bytes | None = None,
    seconds: float = SECONDS,
    max_bytes: int = MAX_BYTES,
) -> Answer:
    """Send it; raise `NeverSent` or `MaybeSent` where there is no whole answer.

    GET and HEAD follow up to three redirects, each checked like the first address; other
    methods get the redirect itself as the answer, so that nothing is posted twice or to
    a place that nobody chose. Must not be called inside a unit of work.
    """
    sink = Sink(max_bytes)
    return converse(method, url, seconds, sink, headers, json=json, content=content)


def download(
    url: str,
    into: Writable,
    *,
    max_bytes: int,
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Write what lies at `url` into a file, piece by piece, and return an answer without it.

    An answer that is not a success leaves the file alone and comes with its own body, like
    that of `request`. `AnswerTooLarge` before the first byte where the length is told, else
    when the limit is passed. Where anything is raised the file may hold the beginning.
    """
    return converse("GET", url, seconds, Sink(max_bytes, into), headers)


def upload(
    url: str,
    fields: Mapping[str, str],
    file: tuple[str, IO[bytes], str],
    *,
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Post a form with one file: (name, open file, content type), under the name ``file``.

    The file is read piece by piece while it is sent, from where it stands.
    """
    form = {"data": dict(fields), "files": {"file": file}}
    return converse("POST", url, seconds, Sink(MAX_BYTES), headers, **form)
