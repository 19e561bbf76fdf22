"""The tables of the inbox."""

from inbox.models.channel import Channel
from inbox.models.conversation import Conversation, NumberCounter
from inbox.models.message import Message, MessageSearch
from inbox.models.payload import InboundPayload, StrayPayload

__all__ = [
    "Channel",
    "Conversation",
    "InboundPayload",
    "Message",
    "MessageSearch",
    "NumberCounter",
    "StrayPayload",
]
