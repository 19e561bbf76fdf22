"""The port of the channels: what the inbox asks of an adapter, and where it finds one.

An adapter is one class in ``channels_integration/<kind>/adapter.py``. It never writes to
the database; `parse` and `limits` are pure, the other methods are the edges.
"""

from inbox.channels.adapter import PRACTICE, Adapter, SettingsForm, adapter_for, kinds
from inbox.channels.incoming import (
    AccountNotice,
    FileKind,
    IdentityChange,
    IdentityKey,
    IncomingMessage,
    MessageDeletion,
    MessageEdit,
    Part,
    ReactionChange,
    RemoteFile,
    Room,
    Sender,
    StatusUpdate,
    TemplateChange,
    Update,
)
from inbox.channels.limits import ComposerLimits, FileLimit
from inbox.channels.outgoing import (
    BadSignature,
    DeliveryFailed,
    Failure,
    Outgoing,
    OutgoingFile,
    Unparsable,
)
from inbox.channels.templates import Template, TemplateField

__all__ = [
    "PRACTICE",
    "AccountNotice",
    "Adapter",
    "BadSignature",
    "ComposerLimits",
    "DeliveryFailed",
    "Failure",
    "FileKind",
    "FileLimit",
    "IdentityChange",
    "IdentityKey",
    "IncomingMessage",
    "MessageDeletion",
    "MessageEdit",
    "Outgoing",
    "OutgoingFile",
    "Part",
    "ReactionChange",
    "RemoteFile",
    "Room",
    "Sender",
    "SettingsForm",
    "StatusUpdate",
    "Template",
    "TemplateChange",
    "TemplateField",
    "Unparsable",
    "Update",
    "adapter_for",
    "kinds",
]
