"""Sends one request and reads the whole answer, within limits of time, size and address."""

from __future__ import annotations

import json as jsonlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpcore
import httpx

from helpdesk.egress.attempt import Attempt, current_attempt
from helpdesk.egress.errors import (
    AddressRefused,
    AnswerTooLarge,
    MaybeSent,
    NeverSent,
    TooManyRedirects,
)
from helpdesk.egress.network import CheckedNetwork

SECONDS = 10.0
MAX_BYTES = 1_000_000
MAX_REDIRECTS = 3
KEPT_ELSEWHERE = frozenset({"accept", "user-agent", "accept-encoding"})


@dataclass(frozen=True)
class Answer:
    """What came back; `url` is where from, after redirects."""

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
    _refuse_inside_unit()
    attempt = Attempt(seconds)
    token = current_attempt.set(attempt)
    try:
        asked = _prepare(method, url, headers, json, content)
        for _hop in range(MAX_REDIRECTS + 1):
            answer, following = _exchange(asked, attempt, max_bytes)
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
    headers: Mapping[str, str] | None,
    json: Any,
    content: bytes | None,
) -> httpx.Request:
    own = {"accept-encoding": "identity", "user-agent": "helpdesk", **(headers or {})}
    try:
        asked = _client().build_request(method, url, headers=own, json=json, content=content)
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
    asked: httpx.Request, attempt: Attempt, max_bytes: int
) -> tuple[Answer, httpx.Request | None]:
    """One request, one answer and, where it redirects, the request that follows from it."""
    try:
        response = _client().send(asked, stream=True)
        try:
            body = _read(response, max_bytes)
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


def _read(response: httpx.Response, max_bytes: int) -> bytes:
    """The body as it came; a compressed one is refused, for it may unfold without limit."""
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise AnswerTooLarge("The answer is compressed, though we did not ask for it")
    parts: list[bytes] = []
    size = 0
    for part in response.iter_raw():
        size += len(part)
        if size > max_bytes:
            raise AnswerTooLarge(f"The answer is longer than {max_bytes} bytes")
        parts.append(part)
    return b"".join(parts)


class CheckedTransport(httpx.HTTPTransport):
    """httpx's transport over a pool whose connections are checked; takes nothing else over.

    A connection is dropped after four idle seconds, before common servers drop it: a
    request written to a connection that is just being closed counts as "maybe sent".
    """

    def __init__(self) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=64,
            max_keepalive_connections=32,
            keepalive_expiry=4.0,
            network_backend=CheckedNetwork(),
        )


@cache
def _client() -> httpx.Client:
    """One client per process; threads share its pool. It keeps no cookies: they would pass
    from one workspace's call to another's."""
    no_cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
    transport = CheckedTransport()
    return httpx.Client(transport=transport, trust_env=False, timeout=60.0, cookies=no_cookies)


os.register_at_fork(after_in_child=_client.cache_clear)
