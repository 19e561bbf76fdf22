"""Every write of the inbox."""

from inbox.actions.delivery import (
    claim_outgoing,
    expire_leases,
    record_failure,
    record_sent,
    unclaim,
)
from inbox.actions.handling import accept, mark_read, release, resolve, transfer
from inbox.actions.payloads import (
    claim_payloads,
    digest_payload,
    park_payload,
    postpone_payload,
    replay_payload,
    store_part,
    store_stray,
    sweep_payloads,
)
from inbox.actions.receiving import receive_message
from inbox.actions.settings import connect_channel, disconnect_channel, edit_channel
from inbox.actions.statuses import apply_status
from inbox.actions.writing import add_note, discard_message, retry_message, send_reply

__all__ = [
    "accept",
    "add_note",
    "apply_status",
    "claim_outgoing",
    "claim_payloads",
    "connect_channel",
    "digest_payload",
    "discard_message",
    "disconnect_channel",
    "edit_channel",
    "expire_leases",
    "mark_read",
    "park_payload",
    "postpone_payload",
    "receive_message",
    "record_failure",
    "record_sent",
    "release",
    "replay_payload",
    "resolve",
    "retry_message",
    "send_reply",
    "store_part",
    "store_stray",
    "sweep_payloads",
    "transfer",
    "unclaim",
]
