"""The Graph API as any program would call it, without the product's adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox

RAHMAT, PUTU = "6281355500177", "6282155500188"
PUTU_ID = "ID.7" + PUTU.zfill(19)
JPEG = b"\xff\xd8\xff\xe0" + bytes(60_000)
PDF = b"%PDF-1.4\n" + bytes(1000)
OGG = b"OggS" + bytes(3000)


class Graph:
    """Calls with the number's token; every answer is given back as it came."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.number = sandbox.channel.account_id
        self.waba = "990000000000001"
        token = sandbox.channel.secrets["access_token"]
        self.client = httpx.Client(
            base_url=f"{sandbox.url}/v25.0/",
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
            verify=False,
        )

    def send(self, kind: str, part: Any, to: str = RAHMAT, **more: Any) -> httpx.Response:
        key = "to" if to.isdigit() else "recipient"
        body = {"messaging_product": "whatsapp", key: to, "type": kind, kind: part, **more}
        return self.client.post(f"{self.number}/messages", json=body)

    def upload(self, content: bytes, content_type: str, name: str = "file") -> httpx.Response:
        return self.client.post(
            f"{self.number}/media",
            data={"messaging_product": "whatsapp", "type": content_type},
            files={"file": (name, content, content_type)},
        )

    def uploaded(self, content: bytes = JPEG, content_type: str = "image/jpeg") -> str:
        answer = self.upload(content, content_type)
        assert answer.status_code == 200, answer.text
        found: str = answer.json()["id"]
        return found


def code(answer: httpx.Response) -> int:
    """The code of a refusal in the provider's shape."""
    assert answer.status_code >= 400, answer.text
    error = answer.json()["error"]
    assert error["type"] == "OAuthException"
    assert error["fbtrace_id"]
    found: int = error["code"]
    return found
