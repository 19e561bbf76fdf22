"""The settings page and the reply window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from channels_integration.whatsapp.forms import WhatsAppSettings

adapter = WhatsAppAdapter()
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
GOOD = {
    "phone_number_id": "880000000000001",
    "waba_id": "990000000000001",
    "display_phone_number": "+62 812-5550-0100",
    "access_token": "EAAG.token-1",
    "app_secret": "0123456789abcdef",
    "verify_token": "a-word",
}


def test_every_field_is_the_account_a_setting_or_a_secret() -> None:
    form = WhatsAppSettings(GOOD)
    assert form.is_valid(), form.errors
    named = {form.account_field, *form.config_fields, *form.secret_fields}
    assert named == set(form.cleaned_data)
    assert set(form.advanced_fields) <= set(form.config_fields)
    assert form.cleaned_data["display_phone_number"] == "6281255500100"


def test_secrets_never_appear_in_the_page_and_may_stay_as_they_are() -> None:
    assert "EAAG.token-1" not in WhatsAppSettings(GOOD).as_p()
    kept = {**GOOD, "access_token": "", "app_secret": "", "verify_token": ""}
    assert WhatsAppSettings(kept, has_secrets=True).is_valid()
    assert not WhatsAppSettings({**GOOD, "app_secret": ""}).is_valid()


def test_a_new_channel_is_offered_a_verify_token() -> None:
    offers = {str(WhatsAppSettings()["verify_token"].value()) for _form in range(2)}
    assert len(offers) == 2
    assert WhatsAppSettings(has_secrets=True)["verify_token"].value() is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone_number_id", "12/../34"),
        ("phone_number_id", "٨٨٠٠٠٠٠"),
        ("waba_id", "abc"),
        ("display_phone_number", "no number"),
        ("access_token", "two words"),
        ("access_token", "a\r\nX-Header: b"),
        ("app_secret", "töken"),
        ("base_url", "file:///etc/passwd"),
        ("base_url", "https://user:pass@graph.example"),
        ("base_url", "https://graph.example/?x=1"),
        ("version", "latest"),
        ("version", "v25.0/../../"),
    ],
)
def test_values_that_would_break_a_request_are_refused(field: str, value: str) -> None:
    assert field in WhatsAppSettings({**GOOD, field: value}).errors


@pytest.mark.parametrize(
    ("closes_at", "may_write"),
    [
        (None, False),
        (NOW - timedelta(seconds=1), False),
        (NOW, False),
        (NOW + timedelta(seconds=1), True),
    ],
)
def test_free_text_is_for_the_open_window(closes_at: Any, may_write: bool) -> None:
    conversation: Any = SimpleNamespace(window_expires_at=closes_at)
    limits = adapter.limits(conversation, NOW)
    assert (limits.may_write, limits.max_text, limits.closes_at) == (may_write, 4096, closes_at)
    assert bool(limits.refusal) is not may_write
    assert "template" in limits.can
    assert ("react" in limits.can) is may_write
    assert limits.max_caption == 1024


JPEG, CSV = "image/jpeg", "text/csv"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("content_type", "size", "kind"),
    [
        (JPEG, 5_000_000, "image"),
        (JPEG, 5_000_001, "document"),
        ("image/png", 10, "image"),
        ("image/webp", 10, "document"),
        ("image/svg+xml", 10, None),
        ("text/html", 10, None),
        ("video/mp4", 16_000_000, "video"),
        ("video/mp4", 16_000_001, "document"),
        ("video/quicktime", 10, None),
        ("audio/ogg", 16_000_000, "audio"),
        ("audio/ogg", 16_000_001, None),
        ("application/pdf", 100_000_000, "document"),
        ("application/pdf", 100_000_001, None),
        (WORD, 10, "document"),
        (CSV, 10, "document"),
        ("application/zip", 10, "document"),
        ("application/x-msdownload", 10, None),
        ("", 10, None),
    ],
)
def test_as_what_a_file_goes(content_type: str, size: int, kind: str | None) -> None:
    conversation: Any = SimpleNamespace(window_expires_at=NOW + timedelta(hours=1))
    limits = adapter.limits(conversation, NOW)
    assert limits.kind_for(content_type, size) == kind
    assert limits.captions == {"image", "video", "document"}


def test_what_is_not_ticked_is_not_kept() -> None:
    """The settings page keeps what is true: so both boxes are off for a channel of old."""
    form = WhatsAppSettings(GOOD)
    assert form.is_valid()
    assert not form.cleaned_data["groups"]
    assert not form.cleaned_data["no_read_receipts"]
    assert WhatsAppSettings({**GOOD, "groups": "on"}).is_valid()
