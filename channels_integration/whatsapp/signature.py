"""Proves that a request comes from the provider: its signature, and its first handshake."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping

from inbox.channels import BadSignature

HEADER = "x-hub-signature-256"
CHALLENGE = re.compile(r"[A-Za-z0-9_.-]{1,200}")


def check_signature(headers: Mapping[str, str], body: bytes, app_secret: str) -> None:
    """Raise `BadSignature` unless the header is the HMAC of exactly these bytes.

    Parsed and written again the JSON differs (escapes, spaces), so the raw body counts.
    """
    given = next((value for name, value in headers.items() if name.lower() == HEADER), "")
    if not app_secret or not hmac.compare_digest(_bytes(given), sign(body, app_secret).encode()):
        raise BadSignature


def sign(body: bytes, app_secret: str) -> str:
    """The header that the provider sends with this body."""
    return "sha256=" + hmac.new(_bytes(app_secret), body, hashlib.sha256).hexdigest()


def answer_handshake(query: Mapping[str, str], verify_token: str) -> str | None:
    """The challenge, if the query knows our verify token; None to refuse."""
    challenge = query.get("hub.challenge", "")
    if query.get("hub.mode") != "subscribe" or not verify_token:
        return None
    if not hmac.compare_digest(_bytes(query.get("hub.verify_token", "")), _bytes(verify_token)):
        return None
    return challenge if CHALLENGE.fullmatch(challenge) else None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
