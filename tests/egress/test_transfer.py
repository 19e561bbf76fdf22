"""Files go up and down piece by piece, under the same guards as everything else."""

from __future__ import annotations

import gzip
import io
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from helpdesk import egress
from helpdesk.tenancy import context
from tests.egress.raw_server import RawServer, Script, answering

pytestmark = pytest.mark.usefixtures("loopback_allowed")
Serve = Callable[[Script], RawServer]
MEGABYTE = 1_000_000


@contextmanager
def memory_below(most: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        _now, peak = tracemalloc.get_traced_memory()
        assert peak < most, f"{peak:,} bytes at once"
    finally:
        tracemalloc.stop()


def pouring(length: int, chunked: bool = False) -> Script:
    """Sends so many bytes without holding them."""

    def script(connection: socket.socket) -> None:
        piece = b"x" * 65536
        if chunked:
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        else:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length)
        for start in range(0, length, len(piece)):
            part = piece[: length - start]
            connection.sendall(b"%x\r\n%s\r\n" % (len(part), part) if chunked else part)
        if chunked:
            connection.sendall(b"0\r\n\r\n")

    return script


class Counting(io.RawIOBase):
    """A place for any number of bytes."""

    def __init__(self) -> None:
        self.count = 0

    def write(self, data: Any) -> int:
        self.count += len(data)
        return len(data)


def form_of(request: bytes) -> list[Message]:
    """The parts of a posted form, read by somebody else's parser."""
    head, _blank, body = request.partition(b"\r\n\r\n")
    kind = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-type"))
    found = BytesParser().parsebytes(kind + b"\r\n\r\n" + body)
    parts = found.get_payload()
    assert isinstance(parts, list)
    return [part for part in parts if isinstance(part, Message)]


def test_a_download_is_written_as_it_comes(serve: Serve) -> None:
    into = io.BytesIO()
    answer = egress.download(
        serve(answering(b"\x00\xffabc")).url("/f"), into, max_bytes=5, headers={"X-A": "b"}
    )
    assert (answer.status, answer.body, into.getvalue()) == (200, b"", b"\x00\xffabc")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_large_download_is_never_in_memory_as_a_whole(serve: Serve, chunked: bool) -> None:
    into: Any = Counting()
    url = serve(pouring(40 * MEGABYTE, chunked)).url()
    with memory_below(4 * MEGABYTE):
        egress.download(url, into, max_bytes=40 * MEGABYTE, seconds=60)
    assert into.count == 40 * MEGABYTE


def test_too_large_a_download_is_refused_before_its_first_byte(serve: Serve) -> None:
    into = io.BytesIO()
    with pytest.raises(egress.AnswerTooLarge):
        egress.download(serve(pouring(200_001)).url(), into, max_bytes=200_000)
    assert into.getvalue() == b""


def test_a_download_that_does_not_tell_its_length_is_cut_off(serve: Serve) -> None:
    into = io.BytesIO()
    with pytest.raises(egress.AnswerTooLarge):
        egress.download(serve(pouring(9 * MEGABYTE, chunked=True)).url(), into, max_bytes=200_000)
    assert len(into.getvalue()) <= 200_000


def test_a_compressed_download_is_refused(serve: Serve) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
    into = io.BytesIO()
    with pytest.raises(egress.AnswerCompressed):
        egress.download(
            serve(answering(gzip.compress(b"x" * 1000), head)).url(), into, max_bytes=10_000
        )
    assert into.getvalue() == b""


def test_the_page_of_an_error_does_not_get_into_the_file(serve: Serve) -> None:
    into = io.BytesIO()
    page = answering(b"gone", b"HTTP/1.1 404 Not Found\r\n")
    answer = egress.download(serve(page).url(), into, max_bytes=2)
    assert (answer.status, answer.body, into.getvalue()) == (404, b"gone", b"")


def test_a_slow_download_costs_no_more_than_the_time_given(serve: Serve) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
        for _count in range(200):
            time.sleep(0.02)
            connection.sendall(b"x")

    began = time.monotonic()
    with pytest.raises(egress.MaybeSent):
        egress.download(serve(drip).url(), io.BytesIO(), max_bytes=10_000, seconds=0.4)
    assert time.monotonic() - began < 1.0


def test_a_download_that_breaks_off_is_no_success(serve: Serve) -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        connection.shutdown(socket.SHUT_RDWR)

    with pytest.raises(egress.MaybeSent):
        egress.download(serve(hang_up).url(), io.BytesIO(), max_bytes=100)


def test_a_full_disk_is_told(serve: Serve) -> None:
    class Full:
        def write(self, data: bytes, /) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(egress.MaybeSent, match="No space left"):
        egress.download(serve(answering(b"abc")).url(), Full(), max_bytes=100)


def test_a_download_follows_redirects_without_our_token(serve: Serve) -> None:
    there = serve(answering(b"file"))
    head = b"HTTP/1.1 302 Found\r\nLocation: %s\r\n" % there.url("/f").encode()
    into = io.BytesIO()
    token = {"Authorization": "Bearer s3cret"}
    egress.download(serve(answering(b"away", head)).url(), into, max_bytes=100, headers=token)
    assert into.getvalue() == b"file"
    assert b"s3cret" not in b"".join(there.heard)


@pytest.mark.parametrize("where", ["http://169.254.169.254/x", "http://[::1]/", "file:///etc/x"])
def test_a_download_goes_to_no_inside_address(serve: Serve, where: str) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: %s\r\n" % where.encode()
    for url in (where, serve(answering(b"", head)).url()):
        with pytest.raises(egress.AddressRefused):
            egress.download(url, io.BytesIO(), max_bytes=100, seconds=2)


def test_an_upload_is_a_form_with_fields_and_a_file(serve: Serve) -> None:
    server = serve(answering(b"{}"))
    name = 'Rechnung "März"\r\nX: y.pdf'
    egress.upload(
        server.url("/media"),
        {"messaging_product": "whatsapp", "type": "application/pdf"},
        (name, io.BytesIO(b"%PDF\x00\xff"), "application/pdf"),
        headers={"Authorization": "Bearer t"},
    )
    (request,) = server.heard
    assert request.startswith(b"POST /media HTTP/1.1")
    assert b"Authorization: Bearer t" in request
    assert b"\r\nX: y" not in request
    fields = {p.get_param("name", header="content-disposition"): p for p in form_of(request)}
    assert fields["messaging_product"].get_payload() == "whatsapp"
    assert fields["type"].get_payload() == "application/pdf"
    assert fields["file"].get_content_type() == "application/pdf"
    assert fields["file"].get_payload(decode=True) == b"%PDF\x00\xff"
    assert "pdf" in str(fields["file"].get_filename())


def test_a_large_upload_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as made:
        made.truncate(60 * MEGABYTE)
    server = RawServer(answering(b"{}"), forgetful=True)
    with film.open("rb") as opened, memory_below(4 * MEGABYTE):
        egress.upload(server.url(), {}, ("film.mp4", opened, "video/mp4"), seconds=60)
    server.close()
    assert server.body_bytes > 60 * MEGABYTE
    head = server.heard[0].partition(b"\r\n\r\n")[0].lower()
    assert b"content-length: %d" % server.body_bytes in head
    assert b"transfer-encoding" not in head


def test_an_upload_is_never_redirected(serve: Serve) -> None:
    target = serve(answering(b"ok"))
    head = b"HTTP/1.1 307 Away\r\nLocation: %s\r\n" % target.url().encode()
    answer = egress.upload(
        serve(answering(b"", head)).url(), {}, ("a", io.BytesIO(b"b"), "text/plain")
    )
    assert answer.status == 307
    assert target.connections == 0


def test_an_answer_that_comes_before_the_whole_file_is_heard() -> None:
    def refuse(connection: socket.socket) -> None:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass

    listener = socket.create_server(("127.0.0.1", 0))

    def serve_one() -> None:
        connection, _peer = listener.accept()
        with connection:
            refuse(connection)

    threading.Thread(target=serve_one, daemon=True).start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    file = io.BytesIO(b"x" * 3 * MEGABYTE)
    answer = egress.upload(url, {}, ("a", file, "text/plain"), seconds=5)
    listener.close()
    assert answer.status == 413


def test_an_upload_that_nobody_takes_is_given_up() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    began = time.monotonic()
    file = io.BytesIO(b"x" * 30 * MEGABYTE)
    with pytest.raises(egress.MaybeSent):
        egress.upload(url, {}, ("a", file, "text/plain"), seconds=0.4)
    assert time.monotonic() - began < 1.5
    listener.close()


def test_an_upload_to_a_closed_port_was_never_sent() -> None:
    probe = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{probe.getsockname()[1]}/"
    probe.close()
    with pytest.raises(egress.NeverSent):
        egress.upload(url, {}, ("a", io.BytesIO(b"x"), "text/plain"), seconds=2)


def test_neither_runs_inside_a_unit_of_work(serve: Serve) -> None:
    server = serve(answering(b"ok"))
    token = context._unit.set(context.Unit(workspace_id=1, by=None))
    try:
        with pytest.raises(RuntimeError):
            egress.download(server.url(), io.BytesIO(), max_bytes=10)
        with pytest.raises(RuntimeError):
            egress.upload(server.url(), {}, ("a", io.BytesIO(b"x"), "text/plain"))
    finally:
        context._unit.reset(token)
    assert server.connections == 0
