"""The mail about what waits for a member: written inside the unit, sent outside."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from accounts.preferences import activities
from helpdesk.links import absolute, workspace_url
from inbox import queries
from inbox.models import AttentionMail
from inbox.templatetags.inbox_look import known_as


@dataclass(frozen=True)
class Letter:
    """A mail as it goes out; `key` is the same at every attempt."""

    to: str
    subject: str
    body: str
    key: str
    settings_url: str


def letter_of(mail: AttentionMail) -> Letter | None:
    """The mail in the member's language; None if he sees nothing of it any more, or has left.
    It names customers, and quotes nobody: mailboxes are read elsewhere."""
    if not mail.member.is_active:
        return None
    activity = {item["conversation"]: item["activity"] for item in mail.items}
    rows = queries.visible_to(mail.member).filter(pk__in=activity).order_by("-last_message_at")
    workspace = mail.member.workspace
    with translation.override(mail.member.user.language or workspace.language):
        lines = [
            {
                "activity": activities[activity[row.pk]].label,
                "name": " ".join(known_as(row).split()),
                "number": row.number,
                "url": absolute(workspace_url(workspace.slug, "inbox:conversation", row.number)),
            }
            for row in rows
            if activity[row.pk] in activities
        ]
        if not lines:
            return None
        settings_url = absolute(workspace_url(workspace.slug, "accounts:notifications"))
        context = {"member": mail.member, "workspace": workspace, "lines": lines}
        body = render_to_string("inbox/mail/calls.txt", {**context, "settings_url": settings_url})
        subject = ngettext(
            "%(count)d conversation waits for you – %(workspace)s",
            "%(count)d conversations wait for you – %(workspace)s",
            len(lines),
        ) % {"count": len(lines), "workspace": " ".join(workspace.name.split())}
    key = f"calls-{mail.workspace_id}-{mail.pk}"
    return Letter(mail.member.user.email, subject, body, key, settings_url)


def send_letter(letter: Letter) -> None:
    """Hand it to the mail server; raises what SMTP raises."""
    headers = {
        "Message-ID": f"<{letter.key}@helpdesk>",
        "List-Unsubscribe": f"<{letter.settings_url}>",
        "Auto-Submitted": "auto-generated",
    }
    EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers).send()
