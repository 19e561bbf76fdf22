"""What may be read of the inbox."""

from inbox.queries.channels import channel_health, channels, parked, payloads
from inbox.queries.lists import VIEWS, counts, inbox_list, matching, takeable_by, visible_to
from inbox.queries.threads import (
    hidden_before,
    limits_of,
    message_of,
    previous_of,
    thread,
    transfer_targets,
)

__all__ = [
    "VIEWS",
    "channel_health",
    "channels",
    "counts",
    "hidden_before",
    "inbox_list",
    "limits_of",
    "matching",
    "message_of",
    "parked",
    "payloads",
    "previous_of",
    "takeable_by",
    "thread",
    "transfer_targets",
    "visible_to",
]
