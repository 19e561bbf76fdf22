"""Files at the provider: up, where they lie, down with the token, and gone."""

from __future__ import annotations

import hashlib
import io

import httpx
import pytest

from sandbox.library import Library
from tests.sandbox.conftest import Sandbox
from tests.sandbox.graph import JPEG, PDF, Graph, code

MB = 1024 * 1024


def test_what_was_uploaded_comes_down_again(graph: Graph) -> None:
    media_id = graph.uploaded()
    told = graph.client.get(media_id).json()
    assert (told["id"], told["mime_type"], told["file_size"]) == (
        media_id,
        "image/jpeg",
        str(len(JPEG)),
    )
    assert told["sha256"] == hashlib.sha256(JPEG).hexdigest()
    assert graph.client.get(told["url"]).content == JPEG
    part = graph.client.get(told["url"], headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, JPEG[:4])
    assert httpx.get(told["url"], trust_env=False).status_code == 401
    assert graph.client.get(told["url"].replace("mid=", "mid=1")).status_code == 404
    assert graph.client.delete(media_id).json() == {"success": True}
    assert code(graph.client.get(media_id)) == 100
    assert graph.client.get(told["url"]).status_code == 404


def test_an_address_ends_but_can_be_asked_again(sandbox: Sandbox, graph: Graph) -> None:
    sandbox.post("/api/knobs", {"media_url_seconds": 0})
    media_id = graph.uploaded()
    assert graph.client.get(graph.client.get(media_id).json()["url"]).status_code == 404
    sandbox.post("/api/knobs", {"media_url_seconds": 300})
    assert graph.client.get(graph.client.get(media_id).json()["url"]).status_code == 200


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (JPEG, "image/gif", 100),
        (JPEG, "application/zip", 100),
        (b"", "text/plain", 100),
        (PDF, "image/jpeg", 131053),
        (JPEG + bytes(5 * MB), "image/jpeg", 131053),
        (b"RIFF" + bytes(500 * 1024), "image/webp", 131053),
        (bytes(16 * MB + 1), "video/mp4", 131053),
    ],
)
def test_what_the_provider_does_not_take(
    graph: Graph, content: bytes, content_type: str, expected: int
) -> None:
    assert code(graph.upload(content, content_type)) == expected


def test_a_file_can_be_gone_refused_or_cut(sandbox: Sandbox, graph: Graph) -> None:
    media_id = graph.uploaded()
    url = graph.client.get(media_id).json()["url"]
    sandbox.post("/api/knobs", {"media_gone": True})
    assert code(graph.client.get(media_id)) == 100
    assert graph.client.get(url).status_code == 404
    sandbox.post("/api/knobs", {"media_gone": False, "media_fail_next": 1})
    assert code(graph.client.get(media_id)) == 131000
    sandbox.post("/api/knobs", {"media_cut_next": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        graph.client.get(url)
    assert graph.client.get(url).content == JPEG


def test_another_number_may_not_see_it(graph: Graph) -> None:
    media_id = graph.uploaded()
    assert code(graph.client.get(media_id, params={"phone_number_id": "1"})) == 100
    assert code(graph.client.get(media_id, headers={"Authorization": "Bearer x"})) == 190
    assert code(graph.client.delete("404404")) == 100


def test_the_oldest_files_make_room_and_old_ids_end() -> None:
    library = Library(most_bytes=250)
    kept = [library.keep(io.BytesIO(bytes(100)), "1", "text/plain", "a", 60) for _ in range(3)]
    assert [library.find(media.id) is not None for media in kept] == [False, True, True]
    assert not kept[0].path.exists()
    over = library.keep(io.BytesIO(b"x"), "1", "text/plain", "b", -1)
    assert library.find(over.id) is None
    library.close()
