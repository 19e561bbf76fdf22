"""The connections of this process: one pool, shared by its threads, every one checked."""

from __future__ import annotations

import os
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

from helpdesk.egress.network import CheckedNetwork


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
def client() -> httpx.Client:
    """One client per process; threads share its pool. It keeps no cookies: they would pass
    from one workspace's call to another's."""
    no_cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
    transport = CheckedTransport()
    return httpx.Client(transport=transport, trust_env=False, timeout=60.0, cookies=no_cookies)


os.register_at_fork(after_in_child=client.cache_clear)
