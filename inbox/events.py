"""What happens in the inbox."""

from __future__ import annotations

from helpdesk.events import Event, event


@event("conversation.opened")
class ConversationOpened(Event):
    """A session began."""

    conversation_id: int
    department_id: int | None


@event("conversation.assigned")
class ConversationAssigned(Event):
    """A member has it now; `how` is ``accept`` or ``transfer``."""

    conversation_id: int
    member_id: int
    message_id: int
    how: str


@event("conversation.queued")
class ConversationQueued(Event):
    """It went back to a queue; `how` is ``release`` or ``transfer``."""

    conversation_id: int
    department_id: int | None
    message_id: int
    how: str


@event("conversation.resolved")
class ConversationResolved(Event):
    """It has ended."""

    conversation_id: int
    message_id: int


@event("conversation.restored")
class ConversationRestored(Event):
    """Somebody took back what he did a moment ago: `what` is ``accept``, ``release``,
    ``transfer`` or ``resolve``."""

    conversation_id: int
    message_id: int
    what: str


@event("conversation.snoozed")
class ConversationSnoozed(Event):
    """It was put aside until a time."""

    conversation_id: int
    message_id: int


@event("conversation.resumed")
class ConversationResumed(Event):
    """It is back from having been put aside; `how` is ``woken`` (its time has come),
    ``woken_by_customer`` or ``woken_by_hand``."""

    conversation_id: int
    message_id: int
    how: str


@event("batch.requested")
class BatchRequested(Event):
    """An operation on many conversations was asked for."""

    batch_id: int
    count: int


@event("batch.finished")
class BatchFinished(Event):
    """It was done, with what could be done; or cancelled."""

    batch_id: int
    done: int
    refused: int


@event("batch.delivered")
class BatchDelivered(Event):
    """A member, or with None the queue of a department, got conversations by it: one event for
    all of them."""

    batch_id: int
    count: int
    member_id: int | None = None
    department_id: int | None = None


@event("conversation.read")
class ConversationRead(Event):
    """Its assignee has seen what came."""

    conversation_id: int


@event("conversation.unread")
class ConversationUnread(Event):
    """Its assignee wants to read it again."""

    conversation_id: int


@event("conversation.labelled")
class ConversationLabelled(Event):
    """Labels were put on it or taken off; ids."""

    conversation_id: int
    added: list[int]
    removed: list[int]


@event("label.changed")
class LabelChanged(Event):
    """A label was made, renamed, coloured, put away or brought back."""

    label_id: int
    changed: list[str]


@event("view.changed")
class ViewChanged(Event):
    """A saved view was made, renamed, shared or deleted."""

    view_id: int
    changed: list[str]


@event("message.received")
class MessageReceived(Event):
    """The customer wrote."""

    conversation_id: int
    message_id: int


@event("message.queued")
class MessageQueued(Event):
    """A reply waits to be sent (also after Retry)."""

    conversation_id: int
    message_id: int


@event("message.noted")
class MessageNoted(Event):
    """An internal note was written."""

    conversation_id: int
    message_id: int


@event("member.mentioned")
class MemberMentioned(Event):
    """A note calls a member, by his name or that of his department."""

    conversation_id: int
    message_id: int
    member_id: int


@event("message.state_changed")
class MessageStateChanged(Event):
    """The provider, or the lack of its answer, moved an outgoing message."""

    conversation_id: int
    message_id: int
    state: str


@event("message.echoed")
class MessageEchoed(Event):
    """The business wrote elsewhere, and the provider told us."""

    conversation_id: int
    message_id: int


@event("message.changed")
class MessageChanged(Event):
    """A message looks different: a reaction, an edit, a deletion, its file has come."""

    conversation_id: int
    message_id: int


@event("files.awaited")
class FilesAwaited(Event):
    """Files of a message are to be fetched from the provider."""

    conversation_id: int
    message_id: int


@event("templates.changed")
class TemplatesChanged(Event):
    """The provider changed a template, or its templates were fetched."""

    channel_id: int


@event("channel.changed")
class ChannelChanged(Event):
    """A channel was connected, edited, disconnected, or lost its provider; names of
    fields only, never their content."""

    channel_id: int
    changed: list[str]


@event("quickreply.changed")
class QuickReplyChanged(Event):
    """A quick reply was made, edited, put away, given a file or deleted (`changed`)."""

    quick_reply_id: int
    changed: str


@event("practice.queued")
class PracticeQueued(Event):
    """A test customer wrote, or took note of a reply; it is to be read like a payload."""

    channel_id: int


@event("payload.replayed")
class PayloadReplayed(Event):
    """A parked payload is to be read once more."""

    payload_id: int
    channel_id: int
