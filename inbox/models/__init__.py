"""The tables of the inbox."""

from inbox.models.attachment import Attachment
from inbox.models.attention import AttentionMail, AttentionReading
from inbox.models.batch import Batch, BatchItem, Step
from inbox.models.channel import Channel
from inbox.models.conversation import Conversation, NumberCounter
from inbox.models.draft import Draft
from inbox.models.label import ConversationLabel, Label
from inbox.models.mention import Mention
from inbox.models.message import Message, MessageSearch
from inbox.models.payload import InboundPayload, StrayPayload
from inbox.models.quick_reply import QuickReply
from inbox.models.saved_view import SavedView
from inbox.models.template import MessageTemplate

__all__ = [
    "Attachment",
    "AttentionMail",
    "AttentionReading",
    "Batch",
    "BatchItem",
    "Channel",
    "Conversation",
    "ConversationLabel",
    "Draft",
    "InboundPayload",
    "Label",
    "Mention",
    "Message",
    "MessageSearch",
    "MessageTemplate",
    "NumberCounter",
    "QuickReply",
    "SavedView",
    "Step",
    "StrayPayload",
]
