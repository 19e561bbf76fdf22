"""Limits of time and size, redirects, and telling "never sent" from "maybe sent"."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from helpdesk import egress
from helpdesk.tenancy import context
from tests.egress.raw_server import RawServer, Script, answering

pytestmark = pytest.mark.usefixtures("loopback_allowed")
Serve = Callable[[Script], RawServer]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def redirect(where: str, status: int = 302) -> Script:
    head = f"HTTP/1.1 {status} Found\r\nLocation: {where}\r\n".encode()
    return answering(b"", head)


def drip(head: bytes, each: bytes) -> Script:
    def script(connection: socket.socket) -> None:
        connection.sendall(head)
        for _count in range(200):
            time.sleep(0.02)
            connection.sendall(each)

    return script


def test_it_brings_status_headers_and_body(serve: Serve) -> None:
    server = serve(answering(b'{"a": 1}', b"HTTP/1.1 201 Created\r\nX-Thing: yes\r\n"))
    answer = egress.request("POST", server.url("/p?q=1"), json={"b": 2}, headers={"X-A": "b"})
    assert (answer.status, answer.headers["x-thing"], answer.json()) == (201, "yes", {"a": 1})
    sent = b"".join(server.heard)
    assert sent.startswith(b"POST /p?q=1 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}".encode() in sent
    assert b"X-A: b" in sent
    assert b'{"b":2}' in sent


def test_a_connection_is_used_again(serve: Serve) -> None:
    server = serve(answering(b"ok"))
    for _count in range(5):
        assert egress.request("GET", server.url()).body == b"ok"
    assert server.connections == 1


def test_cookies_of_one_answer_are_not_sent_with_the_next_request(serve: Serve) -> None:
    server = serve(answering(b"ok", b"HTTP/1.1 200 OK\r\nSet-Cookie: tenant=7; Path=/\r\n"))
    for _count in range(2):
        egress.request("GET", server.url())
    assert b"tenant" not in b"".join(server.heard)


def test_a_proxy_in_the_environment_is_ignored(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, server = serve(answering(b"proxy")), serve(answering(b"direct"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url())
    assert egress.request("GET", server.url()).body == b"direct"


@pytest.mark.parametrize(
    "script",
    [
        lambda c: None,
        drip(b"", b"H"),
        drip(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n", b"x"),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silent", "status", "header", "body", "chunks", "continues"],
)
def test_a_slow_server_costs_no_more_than_the_time_given(script: Script, serve: Serve) -> None:
    server = serve(script)
    began = time.monotonic()
    with pytest.raises(egress.MaybeSent):
        egress.request("POST", server.url(), json={}, seconds=0.4)
    assert time.monotonic() - began < 1.0


def test_a_server_that_does_not_read_is_given_up() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    began = time.monotonic()
    with pytest.raises(egress.MaybeSent):
        egress.request("POST", url, content=b"x" * 30_000_000, seconds=0.4)
    assert time.monotonic() - began < 1.5
    listener.close()


@pytest.mark.parametrize(
    "script",
    [
        answering(b"x" * 20_001),
        drip(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"1000\r\n" + b"x" * 4096 + b"\r\n",
        ),
        answering(
            gzip.compress(b"x" * 10_000_000), b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
        ),
    ],
    ids=["long", "endless", "bomb"],
)
def test_an_answer_over_the_size_cap_is_dropped(script: Script, serve: Serve) -> None:
    with pytest.raises(egress.AnswerTooLarge):
        egress.request("GET", serve(script).url(), max_bytes=20_000, seconds=5)


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\x00\xff" * 500,
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 30_000 + b"\r\n",
    ],
)
def test_garbage_after_the_request_means_maybe_sent(reply: bytes, serve: Serve) -> None:
    def script(connection: socket.socket) -> None:
        connection.sendall(reply)
        connection.shutdown(socket.SHUT_RDWR)

    with pytest.raises(egress.MaybeSent):
        egress.request("POST", serve(script).url(), json={}, seconds=3)


def test_a_closed_port_means_never_sent() -> None:
    probe = socket.create_server(("127.0.0.1", 0))
    port = probe.getsockname()[1]
    probe.close()
    with pytest.raises(egress.NeverSent):
        egress.request("POST", f"http://127.0.0.1:{port}/", json={}, seconds=2)


def test_an_unknown_name_means_never_sent() -> None:
    with pytest.raises(egress.NeverSent):
        egress.request("GET", "http://no-such-name.invalid/", seconds=5)


def test_a_failed_handshake_means_never_sent(serve: Serve) -> None:
    server = serve(answering(b"not tls"))
    with pytest.raises(egress.NeverSent):
        egress.request("POST", f"https://127.0.0.1:{server.port}/", json={}, seconds=2)


def test_a_resolver_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: release.wait(5) or [])
    began = time.monotonic()
    with pytest.raises(egress.NeverSent):
        egress.request("GET", "http://slow.example/", seconds=0.3)
    release.set()
    assert time.monotonic() - began < 1


def test_a_header_that_would_split_the_request_is_not_sent(serve: Serve) -> None:
    server = serve(answering(b"ok"))
    with pytest.raises(egress.NeverSent):
        egress.request("GET", server.url(), headers={"Authorization": "Bearer a\r\nX: y"})
    assert server.heard == []


def test_three_redirects_are_followed_and_a_fourth_is_not(serve: Serve) -> None:
    url = serve(answering(b"end")).url("/end")
    for _hop in range(3):
        url = serve(redirect(url)).url()
    assert egress.request("GET", url).body == b"end"
    with pytest.raises(egress.TooManyRedirects):
        egress.request("GET", serve(redirect(url)).url())


def test_a_redirect_to_an_inside_address_is_refused(serve: Serve, settings: Any) -> None:
    settings.EGRESS_ALLOW = ["127.0.0.1/32"]
    for where in (
        "http://127.0.0.2/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
    ):
        with pytest.raises(egress.AddressRefused):
            egress.request("GET", serve(redirect(where)).url(), seconds=2)


def test_a_redirect_elsewhere_does_not_carry_our_headers(serve: Serve) -> None:
    target = serve(answering(b"ok"))
    egress.request(
        "GET",
        serve(redirect(target.url())).url(),
        headers={"Authorization": "Bearer s3cret", "X-Api-Key": "s3cret", "Cookie": "a=s3cret"},
    )
    assert b"s3cret" not in b"".join(target.heard)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_post_is_never_redirected(status: int, serve: Serve) -> None:
    target = serve(answering(b"ok"))
    answer = egress.request("POST", serve(redirect(target.url(), status)).url(), json={"a": 1})
    assert answer.status == status
    assert target.connections == 0


def test_it_refuses_to_run_inside_a_unit_of_work(serve: Serve) -> None:
    server = serve(answering(b"ok"))
    token = context._unit.set(context.Unit(workspace_id=1, by=None))
    try:
        with pytest.raises(RuntimeError):
            egress.request("GET", server.url())
    finally:
        context._unit.reset(token)
    assert server.connections == 0
