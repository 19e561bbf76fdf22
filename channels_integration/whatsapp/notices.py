"""News of the account itself: in plain words, and whether it still works for us."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp.errors import RESTRICTED, explain
from channels_integration.whatsapp.payload import mapping, rows, said
from inbox.channels import AccountNotice

MOST = 10
Notices = list[AccountNotice]

SLOWED = _("WhatsApp limits how fast this number may send. Messages wait a little.")
TROUBLED = _("WhatsApp reported a problem with this number.")
LOW_QUALITY = _("Customers rate this number badly. WhatsApp may restrict it.")
LIMIT_DOWN = _("WhatsApp lets this number write first to fewer customers than before.")
BANNED = _("WhatsApp has disabled this business account. Check it in the Meta dashboard.")
BAN_SOON = _("WhatsApp is going to disable this business account. Check it in the Meta dashboard.")
BAN_OVER = _("WhatsApp has given this business account back. Save the channel's settings again.")
VIOLATION = _("WhatsApp says that this account broke its rules. Check it in the Meta dashboard.")
NO_FIRST = _("WhatsApp does not let this account write first to customers for now.")
DELETED = _("This WhatsApp business account was deleted.")
REMOVED = _("The app lost its access to this WhatsApp business account. Connect it again.")
ALERT = _("WhatsApp sent an alert about this account. Check it in the Meta dashboard.")
CAPABILITY = _("WhatsApp changed how many customers this business may write to first.")

# Restrictions under which replies to customers still go out.
MILD = {"RESTRICTED_ADD_PHONE_NUMBER_ACTION", "RESTRICTED_BIZ_INITIATED_MESSAGING"}
BANS = {
    "DISABLE": (BANNED, True),
    "DISABLED": (BANNED, True),
    "SCHEDULE_FOR_DISABLE": (BAN_SOON, False),
    "REINSTATE": (BAN_OVER, False),
    "REINSTATED": (BAN_OVER, False),
}
EVENTS = {
    "ACCOUNT_VIOLATION": (VIOLATION, False),
    "ACCOUNT_DELETED": (DELETED, True),
    "ACCOUNT_OFFBOARDED": (REMOVED, True),
    "PARTNER_REMOVED": (REMOVED, True),
    "PARTNER_APP_UNINSTALLED": (REMOVED, True),
}
# Good news need no words: they would stand where troubles stand.
QUALITY = {
    "FLAGGED": (LOW_QUALITY, "red"),
    "UNFLAGGED": ("", "yellow"),
    "DOWNGRADE": (LIMIT_DOWN, ""),
}


def of_errors(value: dict[str, Any]) -> Notices:
    """Errors that belong to no message; each code once."""
    problems = {said(row.get("code"), 20): row for row in rows(value.get("errors"))}
    found = []
    for code, problem in list(problems.items())[:MOST]:
        meaning = explain(problem.get("code"))
        if meaning.kind == "channel":
            found.append(AccountNotice(meaning.message, code=code, loses=True))
        else:
            words = SLOWED if meaning.kind == "wait" else TROUBLED
            found.append(AccountNotice(words, code=code))
    return found


def _quality(value: dict[str, Any], at: datetime | None) -> Notices:
    event = said(value.get("event"), 60).upper()
    if event not in QUALITY:
        return []
    words, quality = QUALITY[event]
    return [AccountNotice(words, at, code=event, quality=quality)]


def _account(value: dict[str, Any], at: datetime | None) -> Notices:
    """Bans and restrictions; other events (a verified name, new prices) pass quietly."""
    event = said(value.get("event"), 60).upper()
    state = said(mapping(value.get("ban_info")).get("waba_ban_state"), 60).upper()
    known = BANS.get(state) if event == "DISABLED_UPDATE" else EVENTS.get(event)
    if event == "ACCOUNT_RESTRICTION":
        known = _restriction(value)
    elif event == "DISABLED_UPDATE" and known is None:
        known = BANNED, True
    return [AccountNotice(known[0], at, code=event, loses=known[1])] if known else []


def _restriction(value: dict[str, Any]) -> tuple[str, bool]:
    types = {said(row.get("restriction_type"), 100) for row in rows(value.get("restriction_info"))}
    is_mild = bool(types) and types <= MILD
    return (NO_FIRST, False) if is_mild else (RESTRICTED, True)


def _alert(value: dict[str, Any], at: datetime | None) -> Notices:
    inner = mapping(value.get("alert_info"))
    code = said(inner.get("alert_type"), 100) or said(value.get("alert_type"), 100)
    return [AccountNotice(ALERT, at, code=code)]


def _capability(value: dict[str, Any], at: datetime | None) -> Notices:
    return [AccountNotice(CAPABILITY, at)]


FIELDS: Mapping[str, Callable[[dict[str, Any], datetime | None], Notices]] = {
    "phone_number_quality_update": _quality,
    "account_update": _account,
    "account_alerts": _alert,
    "business_capability_update": _capability,
}
