"""No spelling of an inside address gets a connection, and public ones do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from helpdesk import egress
from helpdesk.egress.addresses import refusal
from tests.egress.raw_server import RawServer, answering

INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.9.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "240.0.0.1",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2001:0:7f00:1::",
    "2002:7f00:1::",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
]
OUTSIDE = ["8.8.8.8", "1.1.1.1", "157.240.1.1", "2606:4700:4700::1111", "2a03:2880:f10c::1"]

# Every one of these means the canary at 127.0.0.1, or is no address at all.
TRICKS = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://127.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127。0。0。1:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[::]:{port}/",
    "http://user:pass@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.com/",
    "http://127.0.0.1:{port}#@example.com/",
    "http:127.0.0.1:{port}",
    "http:///127.0.0.1:{port}",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_x",
    "unix:///var/run/docker.sock",
    "javascript:alert(1)",
    "data:text/plain,hello",
    "http://",
    "http://:{port}/",
    "http://\x00127.0.0.1:{port}/",
    "http://127.0.0.1\r\nHost: x:{port}/",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:-1/",
    "http://[::1/",
    "http://" + "a" * 5000 + "/",
    "http://" + "a." * 200 + "/",
    "",
    " ",
    "\x00",
    "💥",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_inside_address_is_refused(address: str, settings: Any) -> None:
    settings.EGRESS_ALLOW = []
    assert refusal(address, 443)


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_open_at_the_web_ports_only(address: str, settings: Any) -> None:
    settings.EGRESS_ALLOW = []
    assert refusal(address, 80) == refusal(address, 443) == ""
    assert refusal(address, 22)
    assert refusal(address, 8443)


def test_the_operators_list_opens_an_inside_network_at_any_port(settings: Any) -> None:
    settings.EGRESS_ALLOW = ["10.1.0.0/16", "fd00::/8"]
    assert refusal("10.1.2.3", 8002) == ""
    assert refusal("fd00::7", 9000) == ""
    assert refusal("10.2.0.1", 80)
    assert refusal("::ffff:10.1.2.3", 80)


@pytest.mark.parametrize("trick", TRICKS)
def test_no_spelling_of_an_address_reaches_the_canary(
    trick: str, serve: Callable[..., RawServer], settings: Any
) -> None:
    settings.EGRESS_ALLOW = []
    canary = serve(answering(b"secret"))
    with pytest.raises(egress.NeverSent):
        egress.request("GET", trick.replace("{port}", str(canary.port)), seconds=2)
    assert canary.connections == 0


def test_a_name_with_one_inside_address_among_public_ones_is_refused(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EGRESS_ALLOW = []
    rows = [(2, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.5")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: rows)
    with pytest.raises(egress.AddressRefused):
        egress.request("GET", "https://rebinding.example/")


def test_a_name_is_looked_up_once_for_a_connection(
    settings: Any, monkeypatch: pytest.MonkeyPatch, serve: Callable[..., RawServer]
) -> None:
    """The second answer of a rebinding name is never asked for: we connect to the literal."""
    settings.EGRESS_ALLOW = ["127.0.0.2/32"]
    canary = serve(answering(b"secret"))
    asked: list[Any] = []
    real = __import__("socket").getaddrinfo

    def resolver(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host != "rebinding.example":
            return real(host, port, *args, **kwargs)
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.2" if len(asked) == 1 else "127.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", resolver)
    with pytest.raises(egress.NeverSent):
        egress.request("GET", f"http://rebinding.example:{canary.port}/", seconds=2)
    assert asked == ["rebinding.example"]
    assert canary.connections == 0
