"""What may be read of the inbox."""

from inbox.queries.batches import own_batches, own_step, refused_items, tray_of, waiting_batches
from inbox.queries.channels import (
    channel_health,
    channel_history,
    channel_of,
    channels,
    healths,
    lost_channels,
    parked,
    payloads,
)
from inbox.queries.counting import counts
from inbox.queries.drafts import draft_version, drafts_in, drafts_of
from inbox.queries.expired import expired_by_channel, expired_in_queue
from inbox.queries.files import (
    attachments_of,
    counts_of_files,
    file_for,
    links_of,
    upload_of,
)
from inbox.queries.filtering import filter_choices, names_of
from inbox.queries.finding import found_conversations, found_people
from inbox.queries.furnishing import furnished
from inbox.queries.labelling import choosable_labels, label_ids, labels
from inbox.queries.lists import inbox_list, size_of, standings
from inbox.queries.mentions import callable_in, members_seeing, unread_mentions
from inbox.queries.quick_replies import (
    editable_quick_replies,
    found_quick_replies,
    quick_replies_for,
)
from inbox.queries.saved import saved_views
from inbox.queries.searching import matching
from inbox.queries.sight import seen_by, takeable_by, visible_conversation, visible_to
from inbox.queries.tabs import VIEWS
from inbox.queries.templates import sendable_templates, templates_of
from inbox.queries.threads import (
    hidden_before,
    last_incoming,
    limits_of,
    message_of,
    previous_of,
    thread,
    transfer_targets,
)

__all__ = [
    "VIEWS",
    "attachments_of",
    "callable_in",
    "channel_health",
    "channel_history",
    "channel_of",
    "channels",
    "choosable_labels",
    "counts",
    "counts_of_files",
    "draft_version",
    "drafts_in",
    "drafts_of",
    "editable_quick_replies",
    "expired_by_channel",
    "expired_in_queue",
    "file_for",
    "filter_choices",
    "found_conversations",
    "found_people",
    "found_quick_replies",
    "furnished",
    "healths",
    "hidden_before",
    "inbox_list",
    "label_ids",
    "labels",
    "last_incoming",
    "limits_of",
    "links_of",
    "lost_channels",
    "matching",
    "members_seeing",
    "message_of",
    "names_of",
    "own_batches",
    "own_step",
    "parked",
    "payloads",
    "previous_of",
    "quick_replies_for",
    "refused_items",
    "saved_views",
    "seen_by",
    "sendable_templates",
    "size_of",
    "standings",
    "takeable_by",
    "templates_of",
    "thread",
    "transfer_targets",
    "tray_of",
    "unread_mentions",
    "upload_of",
    "visible_conversation",
    "visible_to",
    "waiting_batches",
]
