"""Files and links of a conversation (F21), and the one file behind an address."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Member
from inbox.links import host_of, links_in
from inbox.models import Attachment, Conversation, Message
from inbox.queries.sight import visible_to

MOST_LINKS, MOST_FILES = 200, 300
MEDIA = (Attachment.Kind.IMAGE, Attachment.Kind.VIDEO, Attachment.Kind.STICKER)
TABS = ("media", "files", "links")


@dataclass(frozen=True)
class Link:
    """A link that somebody wrote: the address, its host, and the message that has it."""

    url: str
    host: str
    message: Message


def attachments_of(conversation: Conversation, tab: str) -> QuerySet[Attachment]:
    """Sent and received files, the newest first: ``media`` are pictures and videos, ``files``
    everything else."""
    rows = conversation.attachments.filter(message__isnull=False, message__deleted_at__isnull=True)
    rows = rows.select_related("message").order_by("-id")
    found = rows.filter(kind__in=MEDIA) if tab == "media" else rows.exclude(kind__in=MEDIA)
    return found[:MOST_FILES]


def links_of(conversation: Conversation) -> list[Link]:
    """Links in the words of a conversation, the newest first, each address once."""
    written = Q(text__icontains="://") | Q(text__icontains="www.")
    rows = conversation.messages.filter(written, deleted_at__isnull=True)
    rows = rows.exclude(direction=Message.Direction.FACT).order_by("-sent_at", "-id")
    found: dict[str, Link] = {}
    for message in rows[:MOST_LINKS]:
        for link in links_in(message.text):
            found.setdefault(link.url, Link(link.url, host_of(link.url), message))
    return list(found.values())[:MOST_LINKS]


def counts_of_files(conversation: Conversation) -> dict[str, int]:
    """How many there are in each tab of files."""
    rows = conversation.attachments.filter(message__isnull=False, message__deleted_at__isnull=True)
    media = rows.filter(kind__in=MEDIA).count()
    return {"media": media, "files": rows.count() - media}


def file_for(member: Member, uuid: UUID) -> Attachment | None:
    """A stored file that a member may see: its conversation decides; an upload that was not
    sent yet is for who uploaded it."""
    rows = Attachment.objects.filter(uuid=uuid, conversation__in=visible_to(member).values("pk"))
    found = rows.select_related("message").first()
    if found is None or (found.message_id is None and found.uploaded_by_id != member.pk):
        return None
    return None if found.message and found.message.deleted_at else found


def upload_of(member: Member, conversation: Conversation, uuid: UUID) -> Attachment | None:
    """An unsent upload of a member in a conversation."""
    mine = conversation.attachments.filter(uploaded_by=member, message__isnull=True)
    return mine.filter(uuid=uuid).first()
