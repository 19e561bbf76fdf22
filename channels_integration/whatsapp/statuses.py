"""What became of a message that we sent, and what it cost."""

from __future__ import annotations

from typing import Any, cast

from channels_integration.whatsapp.envelope import LONGEST_ID, id_of, moment
from channels_integration.whatsapp.errors import WINDOW, explain
from channels_integration.whatsapp.payload import mapping, rows, said, told
from inbox.channels import StatusUpdate, Update

# `played` is said of a voice note that was listened to; `deleted` and newer ones tell nothing.
STATES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}


def read_status(status: dict[str, Any]) -> list[Update]:
    """One status. In a group each member would bring his own: they are passed over."""
    name = STATES.get(said(status.get("status"), 100))
    if name is None or status.get("recipient_type") == "group":
        return []
    problem = next(iter(rows(status.get("errors"))), {}) if name == "failed" else {}
    meaning = explain(problem.get("code"))
    failed = name == "failed"
    found = StatusUpdate(
        external_id=id_of(status),
        status=cast(Any, name),
        at=moment(status.get("timestamp")),
        client_ref=said(status.get("biz_opaque_callback_data"), LONGEST_ID),
        error_code=said(problem.get("code"), 20),
        error_text=meaning.message if failed else "",
        data=told(
            pricing=_pricing(mapping(status.get("pricing"))),
            failure=meaning.kind if failed else None,
            closes_window=True if failed and meaning.message == WINDOW else None,
        ),
    )
    return [found]


def _pricing(pricing: dict[str, Any]) -> dict[str, Any]:
    billable = pricing.get("billable")
    return told(
        billable=billable if isinstance(billable, bool) else None,
        model=said(pricing.get("pricing_model"), 40),
        type=said(pricing.get("type"), 60),
        category=said(pricing.get("category"), 60),
    )
