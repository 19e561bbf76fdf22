"""One request and its answer, hop by hop, within limits of time, size and address."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpcore
import httpx

from helpdesk.egress.attempt import Attempt, current_attempt
from helpdesk.egress.errors import (
    AddressRefused,
    AnswerCompressed,
    AnswerTooLarge,
    MaybeSent,
    NeverSent,
    TooManyRedirects,
)
from helpdesk.egress.pool import client

MAX_BYTES = 1_000_000
MAX_REDIRECTS = 3
KEPT_ELSEWHERE = frozenset({"accept", "user-agent", "accept-encoding"})


@dataclass(frozen=True)
class Answer:
    """What came back; `url` is where from, after redirects. `body` is empty where the answer
    was written into a file."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    def json(self) -> Any:
        """The body as JSON; None where it is not JSON."""
        try:
            return jsonlib.loads(self.body)
        except (ValueError, RecursionError):
            return None


class Writable(Protocol):
    """Where bytes can be written: an open file, or whatever passes them on to one."""

    def write(self, data: bytes, /) -> Any:
        """Take a piece."""


@dataclass(frozen=True)
class Sink:
    """Where an answer goes: into memory or, if it is a success, into a file."""

    max_bytes: int
    into: Writable | None = None


def converse(
    method: str,
    url: str,
    seconds: float,
    sink: Sink,
    headers: Mapping[str, str] | None,
    **content: Any,
) -> Answer:
    """Send it and follow redirects; `content` as in `httpx.Client.build_request`."""
    _refuse_inside_unit()
    attempt = Attempt(seconds)
    token = current_attempt.set(attempt)
    try:
        asked = _prepare(method, url, seconds, headers, content)
        for _hop in range(MAX_REDIRECTS + 1):
            answer, following = _exchange(asked, attempt, sink)
            if following is None or method.upper() not in {"GET", "HEAD"}:
                return answer
            asked = _redirected(asked, following)
        raise TooManyRedirects(f"More than {MAX_REDIRECTS} redirects")
    finally:
        current_attempt.reset(token)


def _refuse_inside_unit() -> None:
    from helpdesk.tenancy import inside_unit

    if inside_unit():
        raise RuntimeError("No network call inside a unit of work: claim, call, record.")


def _prepare(
    method: str,
    url: str,
    seconds: float,
    headers: Mapping[str, str] | None,
    content: Mapping[str, Any],
) -> httpx.Request:
    own = {"accept-encoding": "identity", "user-agent": "helpdesk", **(headers or {})}
    try:
        asked = client().build_request(method, url, headers=own, timeout=seconds, **content)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise AddressRefused("This address or header can't be sent") from error
    return _checked(asked)


def _checked(asked: httpx.Request) -> httpx.Request:
    if asked.url.scheme not in {"http", "https"} or not asked.url.host:
        raise AddressRefused("Only http and https addresses with a host")
    if asked.url.userinfo:
        raise AddressRefused("An address may not carry a name or password")
    return asked


def _redirected(asked: httpx.Request, following: httpx.Request) -> httpx.Request:
    """The next hop; another origin gets none of our own headers, whatever they are called."""
    if asked.url.scheme == "https" and following.url.scheme != "https":
        raise TooManyRedirects("A redirect from https to a weaker protocol")
    origins = [(u.scheme, u.host, u.port) for u in (asked.url, following.url)]
    if origins[0] != origins[1]:
        for name in set(following.headers) - KEPT_ELSEWHERE - {"host"}:
            del following.headers[name]
    return _checked(following)


def _exchange(
    asked: httpx.Request, attempt: Attempt, sink: Sink
) -> tuple[Answer, httpx.Request | None]:
    """One request, one answer and, where it redirects, the request that follows from it."""
    try:
        response = client().send(asked, stream=True)
        try:
            body = _read(response, sink)
        finally:
            response.close()
    except (httpx.HTTPError, httpcore.ProtocolError, OSError, ValueError) as error:
        if attempt.has_written:
            raise MaybeSent(_in_words(error)) from error
        raise NeverSent(_in_words(error)) from error
    answer = Answer(response.status_code, dict(response.headers), body, str(response.url))
    return answer, response.next_request


def _in_words(error: Exception) -> str:
    name = type(error).__name__
    return f"{name}: {error}"[:300] if str(error) else name


def _read(response: httpx.Response, sink: Sink) -> bytes:
    """The body as it came; a compressed one is refused, for it may unfold without limit.

    Only a success goes into the file: the page of an error is read like any answer.
    """
    into = sink.into if response.is_success else None
    most = sink.max_bytes if into or sink.into is None else MAX_BYTES
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise AnswerCompressed("The answer is compressed, though we did not ask for it")
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > most:
        raise AnswerTooLarge(f"The answer is longer than {most} bytes")
    parts: list[bytes] = []
    size = 0
    for part in response.iter_raw():
        size += len(part)
        if size > most:
            raise AnswerTooLarge(f"The answer is longer than {most} bytes")
        if into is None:
            parts.append(part)
        else:
            into.write(part)
    return b"".join(parts)
