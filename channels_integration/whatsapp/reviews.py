"""News of message templates: reviews, categories, quality."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp.payload import mapping, said
from inbox.channels import TemplateChange, Unparsable, Update

NO_NAME = _("News of a template that is not named.")

# An event that is not here (FLAGGED, LOCKED, LIMIT_EXCEEDED) leaves the status as it is.
STATUSES = {
    "APPROVED": "approved",
    "REINSTATED": "approved",
    "UNARCHIVED": "approved",
    "PENDING": "pending",
    "IN_APPEAL": "pending",
    "REJECTED": "rejected",
    "PAUSED": "paused",
    "DISABLED": "disabled",
    "ARCHIVED": "disabled",
    "DELETED": "disabled",
    "PENDING_DELETION": "disabled",
}
REASONS = {
    "ABUSIVE_CONTENT": _("WhatsApp found the content abusive."),
    "INCORRECT_CATEGORY": _("The category does not fit the content."),
    "TAG_CONTENT_MISMATCH": _("The category or the language does not fit the content."),
    "INVALID_FORMAT": _("The format is wrong: check placeholders, line breaks and characters."),
    "PROMOTIONAL": _("The content is promotional, which this category does not allow."),
    "SCAM": _("WhatsApp took the content for a scam."),
}


def status_of(value: Any) -> str:
    """Our word for a status or event of a template; '' for one that changes nothing."""
    return STATUSES.get(said(value, 100).upper(), "")


def reason_of(value: Any) -> str:
    """Why a template was refused: a sentence, or the provider's own word if it is new."""
    given = said(value, 300)
    return "" if given.upper() in {"", "NONE"} else REASONS.get(given.upper(), given)


def quality_of(value: Any) -> str:
    """``green``, ``yellow``, ``red``; '' while there is none."""
    found = said(value, 20).lower()
    return found if found in {"green", "yellow", "red"} else ""


def template_changes(field: str, value: dict[str, Any]) -> list[Update]:
    """The news in one of the three fields about templates."""
    name = said(value.get("message_template_name"), 512)
    external_id = said(value.get("message_template_id"), 64)
    if not name and not external_id:
        raise Unparsable(NO_NAME)
    is_status = field == "message_template_status_update"
    category = value.get("message_template_category" if is_status else "new_category")
    return [
        TemplateChange(
            external_id=external_id,
            name=name,
            language=said(value.get("message_template_language"), 20),
            status=status_of(value.get("event")) if is_status else "",
            reason=_why(value) if is_status else "",
            category=said(category, 40).lower(),
            quality=quality_of(value.get("new_quality_score")),
        )
    ]


def _why(value: dict[str, Any]) -> str:
    """A reason in one word, or else in the provider's sentence."""
    told = mapping(value.get("other_info")).get("description")
    return reason_of(value.get("reason")) or said(told, 300)
