"""Only the provider gets past `verify` and `handshake`."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import BadSignature
from tests.channels_integration.whatsapp.samples import NAMES, SIGNATURES, a_channel, body_of

adapter = WhatsAppAdapter()
HEADER = "X-Hub-Signature-256"


@pytest.mark.parametrize("name", NAMES)
def test_every_signed_sample_is_let_in(name: str) -> None:
    headers = {HEADER: SIGNATURES["signatures"][name]}
    adapter.verify(headers, body_of(name), a_channel())


def test_the_signature_is_over_the_escaped_bytes() -> None:
    vector = SIGNATURES["escaped_unicode_vector"]
    adapter.verify(
        {HEADER.lower(): vector["signature"]}, vector["raw_body_ascii"].encode(), a_channel()
    )


@pytest.mark.parametrize(
    "signature",
    ["", "sha256=", "sha256=" + "0" * 64, "sha1=abc", "ünï💥", "sha256=" + "é" * 64, "\udcff"],
)
def test_a_wrong_signature_is_refused(signature: str) -> None:
    with pytest.raises(BadSignature):
        adapter.verify({HEADER: signature}, body_of("01_text.json"), a_channel())


def test_a_changed_byte_or_a_missing_header_or_secret_is_refused() -> None:
    body = body_of("01_text.json")
    good = {HEADER: SIGNATURES["signatures"]["01_text.json"]}
    with pytest.raises(BadSignature):
        adapter.verify(good, body + b" ", a_channel())
    with pytest.raises(BadSignature):
        adapter.verify({}, body, a_channel())
    channel = a_channel()
    channel.secrets = {}
    with pytest.raises(BadSignature):
        adapter.verify(good, body, channel)


def test_the_handshake_answers_the_challenge_to_who_knows_the_token() -> None:
    request = RequestFactory().get(SIGNATURES["handshake"]["request"].split()[1])
    assert adapter.handshake(request, a_channel()) == "1158201444"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1",
        "hub.mode=unsubscribe&hub.verify_token=test_verify&hub.challenge=1",
        "hub.mode=subscribe&hub.verify_token=&hub.challenge=1",
        "hub.mode=subscribe&hub.verify_token=%C3%A9&hub.challenge=1",
        "hub.mode=subscribe&hub.verify_token=test_verify&hub.challenge=%3Cscript%3E",
        "hub.mode=subscribe&hub.verify_token=test_verify",
    ],
)
def test_any_other_handshake_is_refused(query: str) -> None:
    assert adapter.handshake(RequestFactory().get(f"/hook?{query}"), a_channel()) is None


def test_a_channel_without_a_verify_token_refuses_every_handshake() -> None:
    channel = a_channel()
    channel.secrets = {}
    request = RequestFactory().get("/hook?hub.mode=subscribe&hub.verify_token=&hub.challenge=1")
    assert adapter.handshake(request, channel) is None
