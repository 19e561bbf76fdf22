"""What goes over the wire, and what each answer means; over real HTTP."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import DeliveryFailed, IdentityKey, Outgoing
from tests.channels_integration.whatsapp.samples import a_channel, answer_of
from tests.egress.raw_server import RawServer, Script, answering

adapter = WhatsAppAdapter()
PHONE = IdentityKey("whatsapp", "12025550142")
BSUID = IdentityKey("whatsapp", "US.70000000000000000142", scope="990000000000001")
TEXT = Outgoing(ref="5f1d2c3b", to=(PHONE,), text="Halo 😕")
Graph = Callable[[Script], tuple[RawServer, Any]]


@pytest.fixture
def graph(settings: Any) -> Iterator[Graph]:
    settings.EGRESS_ALLOW = ["127.0.0.0/8"]
    servers: list[RawServer] = []

    def start(script: Script) -> tuple[RawServer, Any]:
        servers.append(RawServer(script))
        return servers[-1], a_channel(base_url=servers[-1].url(""), version="v25.0")

    yield start
    for server in servers:
        server.close()


def replying(status: int, body: bytes, headers: str = "") -> Script:
    return answering(body, f"HTTP/1.1 {status} Status\r\n{headers}".encode())


def graph_error(status: int, headers: str = "", **error: Any) -> Script:
    return replying(status, json.dumps({"error": error}).encode(), headers)


def sample(name: str) -> Script:
    found = answer_of(name)
    return replying(found["_http_status"], json.dumps(found["body"]).encode())


def failure(graph: Graph, script: Script) -> DeliveryFailed:
    _server, channel = graph(script)
    with pytest.raises(DeliveryFailed) as caught:
        adapter.send(TEXT, channel)
    return caught.value


def sent(server: RawServer) -> tuple[str, dict[str, Any]]:
    head, _blank, body = server.heard[0].partition(b"\r\n\r\n")
    return head.decode(), json.loads(body)


def test_a_text_goes_to_the_phone_with_our_reference(graph: Graph) -> None:
    server, channel = graph(sample("send_ok"))
    assert adapter.send(TEXT, channel) == answer_of("send_ok")["body"]["messages"][0]["id"]
    head, body = sent(server)
    assert head.startswith("POST /v25.0/880000000000001/messages HTTP/1.1")
    assert "Authorization: Bearer EAAG-token" in head
    assert body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "12025550142",
        "type": "text",
        "text": {"body": "Halo 😕", "preview_url": False},
        "biz_opaque_callback_data": "5f1d2c3b",
    }


def test_a_person_without_a_phone_is_a_recipient_and_a_quote_is_a_context(graph: Graph) -> None:
    server, channel = graph(sample("send_ok"))
    adapter.send(Outgoing(ref="r", to=(BSUID, PHONE), text="x", reply_to="wamid.1"), channel)
    _head, body = sent(server)
    assert body["recipient"] == BSUID.value
    assert "to" not in body
    assert body["context"] == {"message_id": "wamid.1"}


@pytest.mark.parametrize(
    ("name", "kind", "code", "wait"),
    [
        ("err_130429_throughput", "wait", "130429", 5),
        ("err_131000_transient", "retry", "131000", 0),
        ("err_131047_window", "message", "131047", 0),
        ("err_131056_pair_rate", "wait", "131056", 4),
        ("err_131062_bsuid", "message", "131062", 0),
        ("err_132001_template_missing", "message", "132001", 0),
        ("err_190_token_expired", "channel", "190", 0),
    ],
)
def test_the_sample_errors(graph: Graph, name: str, kind: str, code: str, wait: int) -> None:
    found = failure(graph, sample(name))
    assert (found.kind, found.code, found.wait_seconds) == (kind, code, wait)
    assert found.message


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (400, {"code": 100}, "message"),
        (400, {"code": 100, "error_subcode": 33}, "channel"),
        (403, {"code": 10}, "channel"),
        (403, {"code": 294}, "channel"),
        (400, {"code": 131026}, "recipient"),
        (400, {"code": 131049}, "recipient"),
        (400, {"code": 131031}, "channel"),
        (400, {"code": 987654}, "message"),
        (429, {"code": 987654}, "wait"),
        (500, {"code": 987654, "is_transient": True}, "retry"),
        (500, {"code": 987654}, "unknown"),
        (500, {"code": "190"}, "unknown"),
        (503, {"code": 131057}, "wait"),
    ],
)
def test_the_other_errors(graph: Graph, status: int, error: Any, kind: str) -> None:
    assert failure(graph, graph_error(status, **error)).kind == kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, "channel"),
        (400, "channel"),
        (401, "channel"),
        (404, "channel"),
        (408, "unknown"),
        (429, "wait"),
        (500, "unknown"),
        (502, "unknown"),
        (504, "unknown"),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>Bad gateway</html>", b"[]", b'{"error": 5}'])
def test_an_answer_that_is_not_graphs(graph: Graph, status: int, kind: str, body: bytes) -> None:
    assert failure(graph, replying(status, body)).kind == kind


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"OK", b'{"messages": []}', b'{"messages": [{"id": 5}]}', b'{"messages": "x"}'],
)
def test_a_success_without_an_id_is_uncertain(graph: Graph, body: bytes) -> None:
    assert failure(graph, replying(200, body)).kind == "unknown"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Retry-After: 90\r\n", 90),
        ("Retry-After: 999999\r\n", 6 * 3600),
        ("Retry-After: soon\r\n", 60),
        (
            'X-Business-Use-Case-Usage: {"99": [{"estimated_time_to_regain_access": 7}]}\r\n',
            420,
        ),
        ("X-Business-Use-Case-Usage: {{{\r\n", 60),
        ('X-Business-Use-Case-Usage: {"a": [5, {"estimated_time_to_regain_access": "x"}]}\r\n', 60),
    ],
)
def test_a_wait_is_as_long_as_the_provider_says(graph: Graph, header: str, seconds: int) -> None:
    assert failure(graph, graph_error(400, header, code=80007)).wait_seconds == seconds


def test_a_connection_that_breaks_after_sending_is_uncertain(graph: Graph) -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.shutdown(socket.SHUT_RDWR)

    assert failure(graph, hang_up).kind == "unknown"


def test_a_provider_that_is_away_is_tried_again(graph: Graph) -> None:
    server, channel = graph(sample("send_ok"))
    server.close()
    probe = socket.create_server(("127.0.0.1", 0))
    channel.config["base_url"] = f"http://127.0.0.1:{probe.getsockname()[1]}"
    probe.close()
    with pytest.raises(DeliveryFailed) as caught:
        adapter.send(TEXT, channel)
    assert caught.value.kind == "retry"


def test_an_inside_address_is_a_matter_of_the_channels_settings(
    graph: Graph, settings: Any
) -> None:
    server, channel = graph(sample("send_ok"))
    settings.EGRESS_ALLOW = []
    with pytest.raises(DeliveryFailed) as caught:
        adapter.send(TEXT, channel)
    assert caught.value.kind == "channel"
    assert server.connections == 0


def test_nobody_to_write_to_is_final(graph: Graph) -> None:
    with pytest.raises(DeliveryFailed) as caught:
        adapter.send(Outgoing(ref="r", to=(), text="x"), a_channel())
    assert caught.value.kind == "recipient"


def test_a_template_that_is_held_for_a_check_is_accepted(graph: Graph) -> None:
    _server, channel = graph(sample("send_template_held"))
    assert adapter.send(TEXT, channel).startswith("wamid.")


def test_nothing_is_asked_for_a_message_that_can_not_go(graph: Graph) -> None:
    server, channel = graph(sample("send_ok"))
    with pytest.raises(DeliveryFailed) as caught:
        adapter.send(Outgoing(ref="r", to=(PHONE,), text="x" * 4097), channel)
    assert caught.value.kind == "message"
    assert server.connections == 0


def test_threads_may_send_at_the_same_time(graph: Graph) -> None:
    server, channel = graph(sample("send_ok"))
    with ThreadPoolExecutor(8) as pool:
        made = pool.map(
            lambda n: adapter.send(Outgoing(ref=f"r{n}", to=(PHONE,), text=f"{n}"), channel),
            range(40),
        )
        assert all(wamid.startswith("wamid.") for wamid in made)
    bodies = [json.loads(heard.partition(b"\r\n\r\n")[2]) for heard in server.heard]
    assert {(b["biz_opaque_callback_data"], b["text"]["body"]) for b in bodies} == {
        (f"r{n}", f"{n}") for n in range(40)
    }
