"""A mail server of our own on a local port, and what came to it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import LazySettings


class Mailbox:
    """Keeps every message; refuses all while `refuses`."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """aiosmtpd's door."""
        if self.refuses:
            return "451 Not now"
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"

    def link(self) -> str:
        """The path of the link in the newest message."""
        text = self.messages[-1].get_content()
        found = re.search(r"https?://[^/\s]+(/\S+)", text)
        assert found, text
        return found[1]


@contextmanager
def open_mailbox(settings: LazySettings) -> Iterator[Mailbox]:
    """Serve it, and send there by SMTP as in production."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    try:
        yield mailbox
    finally:
        controller.stop()
