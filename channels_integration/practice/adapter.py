"""A channel without a provider: what a test customer says comes in, what is sent arrives.

Everything between is the real path: payload, drain, conversation, reply, status. Nothing can
be posted to it from outside, and nobody connects it: see `inbox.actions.practice`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import IO, TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from inbox.channels import (
    PRACTICE,
    BadSignature,
    ComposerLimits,
    DeliveryFailed,
    IdentityKey,
    IncomingMessage,
    Outgoing,
    Part,
    RemoteFile,
    Sender,
    SettingsForm,
    StatusUpdate,
    Template,
    Unparsable,
    Update,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

    from inbox.models import Channel, Conversation

MAX_TEXT = 4096
LIMITS = ComposerLimits(True, MAX_TEXT, can=frozenset({"quote", "react"}))
NOT_OURS = gettext_noop("This was not written by practice.")
NO_FILES = gettext_noop("Practice carries no files.")


class PracticeSettings(SettingsForm):
    """Nobody fills it in; the port asks for one."""

    account_id = forms.CharField(label=_("Account"))
    account_field = "account_id"


class PracticeAdapter:
    """See `inbox.channels.Adapter` for each method's promise."""

    kind = PRACTICE
    label = _("Practice")
    icon = PRACTICE
    window: timedelta | None = None
    settings_form = PracticeSettings

    def handshake(self, request: HttpRequest, channel: Channel) -> str | None:
        return None

    def verify(self, headers: Mapping[str, str], body: bytes, channel: Channel) -> None:
        raise BadSignature

    def split(self, body: bytes) -> list[Part]:
        raise Unparsable(NOT_OURS)

    def parse(self, body: bytes, channel: Channel) -> list[Update]:
        try:
            told = json.loads(body)
            messages = [_message(row, channel) for row in told.get("messages", [])]
            return [*(_status(row) for row in told.get("statuses", [])), *messages]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Unparsable(NOT_OURS) from error

    def send(self, outgoing: Outgoing, channel: Channel) -> str:
        if outgoing.file:
            raise DeliveryFailed("message", NO_FILES, code="file-type")
        return f"practice.{outgoing.ref}"

    def fetch(self, file: RemoteFile, channel: Channel, into: IO[bytes], max_bytes: int) -> None:
        raise DeliveryFailed("message", NO_FILES, code="file-type")

    def signal(self, external_id: str, channel: Channel, *, typing: bool) -> None:
        """Nobody is there to see it."""

    def templates(self, channel: Channel) -> list[Template]:
        return []

    def test(self, channel: Channel) -> str:
        return str(_("Practice always works."))

    def limits(self, conversation: Conversation, now: datetime) -> ComposerLimits:
        return LIMITS


def _message(row: Mapping[str, Any], channel: Channel) -> IncomingMessage:
    key = IdentityKey(PRACTICE, str(row["customer"]), channel.account_id)
    data = {"answer": str(row["answer"])} if row.get("answer") else {}
    sender = Sender((key,), name=str(row["name"]))
    at = datetime.fromisoformat(row["at"])
    return IncomingMessage(str(row["id"]), sender, at, "text", str(row["text"]), data)


def _status(row: Mapping[str, Any]) -> StatusUpdate:
    at = datetime.fromisoformat(row["at"])
    return StatusUpdate(str(row["id"]), row["status"], at, client_ref=str(row["ref"]))
