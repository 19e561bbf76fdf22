"""What WhatsApp carries: texts, files, and when. Sizes are in bytes, lengths in characters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from inbox.channels import ComposerLimits, DeliveryFailed, FileKind, FileLimit, OutgoingFile

if TYPE_CHECKING:
    from inbox.models import Conversation

MAX_TEXT, MAX_CAPTION = 4096, 1024
MEGABYTE = 1_000_000

PICTURES = frozenset({"image/jpeg", "image/png"})
VIDEOS = frozenset({"video/mp4", "video/3gpp"})
SOUNDS = frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"})
PAPERS = frozenset(
    {
        "text/plain",
        "text/csv",
        "application/pdf",
        "application/zip",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
# In the order in which a file is tried: a picture or film that is too large to be shown, or of
# a format that is shown nowhere, still goes as a document.
FILES: Mapping[FileKind, FileLimit] = MappingProxyType(
    {
        "image": FileLimit(PICTURES, 5 * MEGABYTE),
        "video": FileLimit(VIDEOS, 16 * MEGABYTE),
        "audio": FileLimit(SOUNDS, 16 * MEGABYTE),
        "document": FileLimit(
            PAPERS | PICTURES | VIDEOS | {"image/gif", "image/webp"}, 100 * MEGABYTE
        ),
    }
)
CAPTIONED = frozenset({"image", "video", "document"})
ALWAYS = frozenset({"template"})
INSIDE = ALWAYS | {"quote", "react", "location", "buttons", "list", "typing"}

FREE_INSIDE = frozenset({"utility"})  # while the customer's window is open

FILE_TYPE = gettext_noop("WhatsApp does not carry files of this type.")
FILE_SIZE = gettext_noop("The file is larger than WhatsApp allows.")


def composer_limits(conversation: Conversation, now: datetime) -> ComposerLimits:
    """Anything for 24 hours after the customer's last message, afterwards only templates."""
    closes_at = conversation.window_expires_at
    if closes_at is not None and now < closes_at:
        return ComposerLimits(
            True,
            MAX_TEXT,
            closes_at,
            files=FILES,
            captions=CAPTIONED,
            max_caption=MAX_CAPTION,
            can=INSIDE,
            free_templates=FREE_INSIDE,
        )
    refusal = _(
        "The 24-hour window has closed: WhatsApp delivers free text only within a day of"
        " the customer's last message."
    )
    return ComposerLimits(
        False, MAX_TEXT, closes_at, refusal, FILES, CAPTIONED, MAX_CAPTION, ALWAYS
    )


def check_file(file: OutgoingFile) -> None:
    """Raise `DeliveryFailed("message")` for a file that can't go as what it is to go."""
    limit = FILES.get(file.kind)
    if limit is None or file.content_type not in limit.types:
        raise DeliveryFailed("message", FILE_TYPE, code="file-type")
    if file.size > limit.max_bytes:
        raise DeliveryFailed("message", FILE_SIZE, code="file-size")
