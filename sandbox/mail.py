"""Catches every mail that is sent to it and shows it; nothing goes any further."""

from __future__ import annotations

import time
from collections import deque
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.provider import Provider

KEPT = 300


class Mailbox:
    """The caught mails, newest first; also aiosmtpd's handler."""

    def __init__(self, provider: Provider) -> None:
        self.mails: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._provider = provider
        self._count = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self._count += 1
        content = envelope.original_content or b""
        self.mails.appendleft(read(self._count, content, [str(to) for to in envelope.rcpt_tos]))
        self._provider.tell("mail")
        return "250 Kept in the sandbox"


def read(number: int, content: bytes, recipients: list[str]) -> dict[str, Any]:
    """A mail as the page shows it; one that can't be read is shown as it came."""
    mail = message_from_bytes(content, policy=policy.default)
    try:
        part = mail.get_body(("plain", "html"))
        text = str(part.get_content()) if part else ""
        subject, sender = str(mail.get("Subject", "")), str(mail.get("From", ""))
    except (LookupError, ValueError, AttributeError, KeyError):
        text, subject, sender = content.decode("utf-8", "replace"), "", ""
    return {
        "id": number,
        "at": time.time(),
        "to": recipients,
        "from": sender,
        "subject": subject,
        "text": text,
    }


async def listing(request: Request) -> Response:
    """GET /api/mails?to=address: newest first, without the texts."""
    to = request.query_params.get("to", "")
    mails = [m for m in _mailbox(request).mails if not to or to in m["to"]]
    return JSONResponse([{k: v for k, v in m.items() if k != "text"} for m in mails])


async def one(request: Request) -> Response:
    """GET /api/mails/{id}"""
    wanted = request.path_params["id"]
    for mail in _mailbox(request).mails:
        if mail["id"] == wanted:
            return JSONResponse(mail)
    raise HTTPException(404, "No such mail")


def _mailbox(request: Request) -> Mailbox:
    found: Mailbox = request.app.state.mailbox
    return found
