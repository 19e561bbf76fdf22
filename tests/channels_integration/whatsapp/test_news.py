"""News of the account and of its templates; and fields that are none of our business."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from inbox.channels import AccountNotice, TemplateChange, Unparsable
from tests.channels_integration.whatsapp.readings import news, only

WHEN = datetime.fromtimestamp(1793500000, UTC)
TEMPLATE = {
    "message_template_id": 1689550000000001,
    "message_template_name": "order_update",
    "message_template_language": "en_US",
}


def notice(field: str, value: Any) -> AccountNotice:
    found = only(AccountNotice, news(field, value))
    assert found.at == WHEN
    return found


def change(field: str, **value: Any) -> TemplateChange:
    found = only(TemplateChange, news(field, {**TEMPLATE, **value}))
    assert (found.name, found.language) == ("order_update", "en_US")
    assert found.external_id == "1689550000000001"
    return found


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("APPROVED", "approved"),
        ("REINSTATED", "approved"),
        ("PENDING", "pending"),
        ("IN_APPEAL", "pending"),
        ("REJECTED", "rejected"),
        ("PAUSED", "paused"),
        ("DISABLED", "disabled"),
        ("PENDING_DELETION", "disabled"),
        ("DELETED", "disabled"),
        ("FLAGGED", ""),
        ("LOCKED", ""),
        ("LIMIT_EXCEEDED", ""),
        ("SOMETHING_NEW", ""),
        (7, ""),
    ],
)
def test_a_templates_status(event: Any, status: str) -> None:
    assert change("message_template_status_update", event=event, reason="NONE").status == status


def test_a_pause_says_why_in_the_providers_words() -> None:
    told = {"title": "FIRST_PAUSE", "description": "Paused for 3 hours."}
    found = change("message_template_status_update", event="PAUSED", reason=None, other_info=told)
    assert (found.status, found.reason) == ("paused", "Paused for 3 hours.")


def test_a_templates_quality_and_category() -> None:
    field = "message_template_quality_update"
    assert change(field, new_quality_score="RED").quality == "red"
    assert change(field, new_quality_score="UNKNOWN").quality == ""
    found = change(
        "template_category_update", previous_category="UTILITY", new_category="MARKETING"
    )
    assert (found.category, found.status, found.reason) == ("marketing", "", "")


def test_news_of_a_template_without_a_name_are_parked() -> None:
    with pytest.raises(Unparsable):
        news("message_template_status_update", {"event": "APPROVED"})


@pytest.mark.parametrize(
    ("value", "loses"),
    [
        ({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}, True),
        ({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SOMETHING_NEW"}}, True),
        ({"event": "DISABLED_UPDATE"}, True),
        (
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE"}},
            False,
        ),
        ({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}}, False),
        ({"event": "ACCOUNT_DELETED"}, True),
        ({"event": "PARTNER_REMOVED"}, True),
        ({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SPAM"}}, False),
        ({"event": "ACCOUNT_RESTRICTION"}, True),
        (
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [
                    {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"},
                    {"restriction_type": "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"},
                ],
            },
            True,
        ),
        (
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}],
            },
            False,
        ),
    ],
)
def test_what_an_account_loses(value: dict[str, Any], loses: bool) -> None:
    found = notice("account_update", value)
    assert (found.loses, found.code) == (loses, value["event"])
    assert found.text


@pytest.mark.parametrize(
    ("event", "quality", "speaks"),
    [("FLAGGED", "red", True), ("UNFLAGGED", "yellow", False), ("DOWNGRADE", "", True)],
)
def test_the_rating_of_a_number(event: str, quality: str, speaks: bool) -> None:
    found = notice("phone_number_quality_update", {"event": event, "current_limit": "TIER_1K"})
    assert (found.quality, bool(found.text), found.loses) == (quality, speaks, False)


def test_an_alert_names_its_type() -> None:
    inner = {"alert_type": "OBA_APPROVED", "alert_severity": "INFORMATIONAL"}
    assert notice("account_alerts", {"alert_info": inner}).code == "OBA_APPROVED"
    assert notice("account_alerts", {"alert_type": "LIMIT"}).code == "LIMIT"
    assert notice("business_capability_update", {"max_phone_numbers_per_business": 2}).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("history", {"history": [{"threads": []}]}),
        ("calls", {"calls": [{"id": "x"}]}),
        ("user_preferences", {"user_preferences": [{"value": "stop"}]}),
        ("flows", {"event": "FLOW_STATUS_CHANGE"}),
        ("security", {"event": "PIN_CHANGED"}),
        ("something_new", {"messages": [7], "event": "x"}),
        ("account_update", {"event": "VERIFIED_ACCOUNT"}),
        ("phone_number_quality_update", {"event": "UPGRADE"}),
        ("", {}),
    ],
)
def test_other_fields_pass_quietly(field: str, value: dict[str, Any]) -> None:
    assert news(field, value) == []
    with_number = {**value, "metadata": {"phone_number_id": "880000000000001"}}
    assert news(field, with_number) == []
