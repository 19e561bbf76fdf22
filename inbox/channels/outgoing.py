"""What an adapter is given to send, and the ways in which that fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Literal

from inbox.channels.incoming import FileKind, IdentityKey

Failure = Literal["retry", "wait", "message", "recipient", "channel", "unknown"]


class BadSignature(Exception):
    """The request was not signed by the provider: answer 401 and write nothing."""


class Unparsable(Exception):
    """The adapter does not understand a payload: it is parked, with this sentence."""


class DeliveryFailed(Exception):
    """A send that did not work, and what follows from it.

    `kind`: ``retry`` (try again with back-off) · ``wait`` (not before `wait_seconds`; with
    `whole_channel` nothing else of this channel either) · ``message`` and ``recipient``
    (final, for this message or this person) · ``channel`` (the account is disconnected:
    hold the queue) · ``unknown`` (it may have been sent: never try again without a
    person). `message` is in plain words, for the agent. `closes_window`: the provider says
    that the reply window has closed, whatever we computed.
    """

    def __init__(
        self,
        kind: Failure,
        message: str,
        *,
        code: str = "",
        wait_seconds: int = 0,
        whole_channel: bool = False,
        closes_window: bool = False,
    ) -> None:
        super().__init__(message)
        self.kind: Failure = kind
        self.message = message
        self.code = code
        self.wait_seconds = wait_seconds
        self.whole_channel = whole_channel
        self.closes_window = closes_window


@dataclass(frozen=True)
class OutgoingFile:
    """A stored file on its way out; `open` gives its bytes anew at every call, `size` is
    their number."""

    kind: FileKind
    name: str
    content_type: str
    size: int
    open: Callable[[], IO[bytes]]
    voice: bool = False


@dataclass(frozen=True)
class Outgoing:
    """A message to send; `ref` is our message's uuid, the same at every attempt, and
    `attempt` counts from 1. `reply_to` is the provider's id of the quoted message, or of the
    one that a reaction is to. `data` as in `docs/message-kinds.md`; `is_group`: `to` is a
    group."""

    ref: str
    to: tuple[IdentityKey, ...]
    text: str
    kind: str = "text"
    reply_to: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    file: OutgoingFile | None = None
    is_group: bool = False
    attempt: int = 1
