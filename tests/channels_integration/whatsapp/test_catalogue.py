"""The provider's templates, as the inbox knows them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from channels_integration.whatsapp.catalogue import template_of
from channels_integration.whatsapp.components import template
from inbox.channels import DeliveryFailed, Template, TemplateField
from tests.channels_integration.whatsapp.fake import FakeGraph

adapter = WhatsAppAdapter()
ROUTE = "GET /v25.0/990000000000001/message_templates"
ORDER: dict[str, Any] = {
    "id": "1689550000000001",
    "name": "order_update",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "quality_score": {"score": "GREEN"},
    "rejected_reason": "NONE",
    "components": [
        {
            "type": "HEADER",
            "format": "TEXT",
            "text": "Order {{1}}",
            "example": {"header_text": ["A-1042"]},
        },
        {
            "type": "BODY",
            "text": "Hello {{1}}, your order {{2}} arrives {{ 3 }}. {{1}}!",
            "example": {"body_text": [["Sari", "A-1042", "today"]]},
        },
        {"type": "FOOTER", "text": "Reply if you have questions."},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Confirm"},
                {
                    "type": "URL",
                    "text": "Track",
                    "url": "https://shop.example/t/{{1}}",
                    "example": ["https://shop.example/t/A-1042"],
                },
                {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+12025550100"},
                {"type": "COPY_CODE", "example": "SPRING20"},
            ],
        },
    ],
}


def read(**values: Any) -> Template:
    found = template_of({**ORDER, **values})
    assert found is not None
    return found


def with_parts(*parts: dict[str, Any]) -> Template:
    return read(components=list(parts))


def test_a_template_in_all_its_parts() -> None:
    assert template_of(ORDER) == Template(
        external_id="1689550000000001",
        name="order_update",
        language="en_US",
        category="utility",
        status="approved",
        quality="green",
        shape={
            "header": {"format": "text", "text": "Order {{1}}"},
            "body": "Hello {{1}}, your order {{2}} arrives {{ 3 }}. {{1}}!",
            "footer": "Reply if you have questions.",
            "buttons": [
                {"kind": "reply", "text": "Confirm", "value": ""},
                {"kind": "url", "text": "Track", "value": "https://shop.example/t/{{1}}"},
                {"kind": "phone", "text": "Call", "value": "+12025550100"},
                {"kind": "code", "text": "", "value": ""},
            ],
        },
        fields=(
            TemplateField("header.1", "A-1042"),
            TemplateField("body.1", "Sari"),
            TemplateField("body.2", "A-1042"),
            TemplateField("body.3", "today"),
            TemplateField("button.1.1", "A-1042"),
            TemplateField("button.3.code", "SPRING20"),
        ),
    )


def test_places_may_have_names() -> None:
    named = [{"param_name": "name", "example": "Sari"}, {"param_name": "day", "example": "Friday"}]
    body = {
        "type": "BODY",
        "text": "{{name}}: {{day}}",
        "example": {"body_text_named_params": named},
    }
    assert with_parts(body).fields == (
        TemplateField("body.name", "Sari"),
        TemplateField("body.day", "Friday"),
    )


@pytest.mark.parametrize("kind", ["image", "video", "document"])
def test_a_header_may_be_a_file(kind: str) -> None:
    found = with_parts({"type": "HEADER", "format": kind.upper()}, {"type": "BODY", "text": "x"})
    assert found.shape["header"] == {"format": kind, "text": ""}
    assert found.fields == (TemplateField("header.file"),)
    assert found.problem == ""


def test_a_header_may_be_a_place() -> None:
    found = with_parts({"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "x"})
    keys = [field.key for field in found.fields]
    assert keys == ["header.latitude", "header.longitude", "header.name", "header.address"]
    assert found.problem == ""


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("APPROVED", "approved"),
        ("PENDING", "pending"),
        ("IN_APPEAL", "pending"),
        ("REJECTED", "rejected"),
        ("PAUSED", "paused"),
        ("DISABLED", "disabled"),
        ("PENDING_DELETION", "disabled"),
        ("SOMETHING_NEW", "disabled"),
        (None, "disabled"),
    ],
)
def test_a_status_that_is_not_known_can_not_be_sent(told: Any, status: str) -> None:
    assert read(status=told).status == status


def test_a_refusal_has_its_reason() -> None:
    assert read(rejected_reason="PROMOTIONAL").reason.startswith("The content is promotional")
    assert read(rejected_reason="SOMETHING_NEW").reason == "SOMETHING_NEW"


@pytest.mark.parametrize(
    "part",
    [
        {"type": "CAROUSEL", "cards": []},
        {"type": "LIMITED_TIME_OFFER"},
        {"type": "HEADER", "format": "PRODUCT"},
        {"type": "BUTTONS", "buttons": [{"type": "FLOW", "text": "Form"}]},
        {"type": "BUTTONS", "buttons": [{"type": "CATALOG", "text": "Shop"}]},
        {"type": "BUTTONS", "buttons": [{"type": "MPM", "text": "Shop"}]},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "Copy"}]},
    ],
)
def test_what_we_can_not_send_is_said(part: dict[str, Any]) -> None:
    found = with_parts({"type": "BODY", "text": "x"}, part)
    assert found.problem
    assert found.status == "approved"


@pytest.mark.parametrize(
    "row", [{}, {"name": "x"}, {"language": "en"}, {"name": {}, "language": 1}]
)
def test_a_row_without_a_name_is_passed_over(row: dict[str, Any]) -> None:
    assert template_of(row) is None


@pytest.mark.parametrize("odd", [None, 7, "x", [], [None], [[]], {}, [{"type": []}]])
def test_odd_parts_do_no_harm(odd: Any) -> None:
    read(components=odd)
    read(quality_score=odd, rejected_reason=odd, category=odd, id=odd)
    with_parts(
        {"type": "BODY", "text": "{{1}}", "example": odd},
        {"type": "BUTTONS", "buttons": odd},
        {"type": "HEADER", "format": odd, "text": odd},
    )
    with_parts({"type": "BODY", "text": odd, "example": {"body_text": odd}})


# Fetching them.


def page(rows: list[Any], after: str = "", *, following: bool = True) -> dict[str, Any]:
    paging = {"cursors": {"before": "x", "after": after}} if after else {}
    if after and following:
        paging["next"] = {"url": "https://graph.example/next"}
    return {"data": rows, "paging": paging}


def numbered(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [{**ORDER, "name": f"template_{start + number}"} for number in range(count)]


def test_all_pages_are_read(provider: FakeGraph) -> None:
    provider.on(ROUTE, 200, page(numbered(100), "first"))
    provider.on(ROUTE, 200, page(numbered(100, 100), "second", following=False))
    provider.on(ROUTE, 200, page(numbered(3, 200), "third", following=False))
    found = adapter.templates(provider.channel)
    assert [one.name for one in found] == [f"template_{number}" for number in range(203)]
    asked = [parse_qs(urlsplit(request.path).query) for request in provider.asked]
    assert [query.get("after") for query in asked] == [None, ["first"], ["second"]]
    assert asked[0]["limit"] == ["100"]
    assert "components" in asked[0]["fields"][0]


def test_an_account_without_templates_has_none(provider: FakeGraph) -> None:
    provider.on(ROUTE, 200, {"data": []})
    assert adapter.templates(provider.channel) == []


def test_pages_that_never_end_are_left(provider: FakeGraph) -> None:
    for number in range(60):
        provider.on(ROUTE, 200, page(numbered(1), f"page-{number}"))
    with pytest.raises(DeliveryFailed):
        adapter.templates(provider.channel)
    assert len(provider.asked) == 50


def test_a_cursor_that_turns_in_a_circle_is_left(provider: FakeGraph) -> None:
    provider.on(ROUTE, 200, page(numbered(1), "same"))
    assert len(adapter.templates(provider.channel)) == 2


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {"error": {"code": 190}}, "channel"),
        (403, {"error": {"code": 200}}, "channel"),
        (429, {"error": {"code": 80007}}, "wait"),
        (200, b"<html>", "retry"),
        (200, {"data": 5}, "retry"),
    ],
)
def test_half_a_list_is_none(provider: FakeGraph, status: int, body: Any, kind: str) -> None:
    provider.on(ROUTE, 200, page(numbered(100), "first"))
    provider.on(ROUTE, status, body)
    with pytest.raises(DeliveryFailed) as caught:
        adapter.templates(provider.channel)
    assert caught.value.kind == kind


def test_the_account_must_be_known(provider: FakeGraph) -> None:
    del provider.channel.config["waba_id"]
    with pytest.raises(DeliveryFailed):
        adapter.templates(provider.channel)
    assert provider.asked == []


def test_every_field_that_is_asked_for_finds_its_way_into_the_message() -> None:
    """What the picker asks, filled with the examples, is what the provider wants."""
    values = {field.key: field.example for field in read().fields}
    data = {"template": {"name": "order_update", "language": "en_US"}, "values": values}
    made = template(data, None, "")
    assert made == {
        "name": "order_update",
        "language": {"code": "en_US"},
        "components": [
            {"type": "header", "parameters": [{"type": "text", "text": "A-1042"}]},
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "Sari"},
                    {"type": "text", "text": "A-1042"},
                    {"type": "text", "text": "today"},
                ],
            },
            {
                "type": "button",
                "sub_type": "url",
                "index": "1",
                "parameters": [{"type": "text", "text": "A-1042"}],
            },
            {
                "type": "button",
                "sub_type": "copy_code",
                "index": "3",
                "parameters": [{"type": "coupon_code", "coupon_code": "SPRING20"}],
            },
        ],
    }
