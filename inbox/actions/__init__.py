"""Every write of the inbox."""

from inbox.actions.attention import (
    call_mail_failed,
    call_mail_sent,
    claim_call_mails,
    gather_calls,
    sweep_call_mails,
)
from inbox.actions.batches import (
    cancel_batch,
    dismiss_batch,
    run_batch,
    start_batch,
    sweep_batches,
)
from inbox.actions.cards import save_shared_contact
from inbox.actions.changes import apply_deletion, apply_edit, apply_reaction
from inbox.actions.connection import lose_channel
from inbox.actions.delivery import (
    claim_outgoing,
    expire_leases,
    record_failure,
    record_sent,
    unclaim,
)
from inbox.actions.details import edit_contact, set_contact_detail
from inbox.actions.drafting import save_draft
from inbox.actions.echoes import receive_echo
from inbox.actions.expiring import resolve_expired
from inbox.actions.files import (
    add_upload,
    claim_files,
    discard_upload,
    fetch_again,
    record_fetched,
    record_not_fetched,
    sweep_uploads,
)
from inbox.actions.handling import accept, mark_read, mark_unread, release, resolve, transfer
from inbox.actions.identities import apply_identity_change
from inbox.actions.labelling import create_label, edit_label, set_label_activity, set_labels
from inbox.actions.mentioning import read_mentions
from inbox.actions.notices import apply_notice, apply_template_change
from inbox.actions.payloads import (
    claim_payloads,
    digest_payload,
    park_payload,
    postpone_payload,
    replay_payload,
    store_part,
    store_stray,
    sweep_payloads,
    unclaim_payloads,
)
from inbox.actions.practice import practise
from inbox.actions.quick_replies import (
    delete_quick_reply,
    save_quick_reply,
    set_quick_reply_activity,
    set_quick_reply_file,
    use_quick_reply,
)
from inbox.actions.reacting import react
from inbox.actions.receiving import receive_message
from inbox.actions.saving import delete_view, edit_view, save_view
from inbox.actions.settings import connect_channel, disconnect_channel, edit_channel
from inbox.actions.snoozing import snooze
from inbox.actions.statuses import apply_status
from inbox.actions.template_sending import send_template
from inbox.actions.templates import store_templates
from inbox.actions.undoing import sweep_steps, undo, undo_batch
from inbox.actions.waking import wake, wake_due
from inbox.actions.writing import add_note, discard_message, retry_message, send_reply

__all__ = [
    "accept",
    "add_note",
    "add_upload",
    "apply_deletion",
    "apply_edit",
    "apply_identity_change",
    "apply_notice",
    "apply_reaction",
    "apply_status",
    "apply_template_change",
    "call_mail_failed",
    "call_mail_sent",
    "cancel_batch",
    "claim_call_mails",
    "claim_files",
    "claim_outgoing",
    "claim_payloads",
    "connect_channel",
    "create_label",
    "delete_quick_reply",
    "delete_view",
    "digest_payload",
    "discard_message",
    "discard_upload",
    "disconnect_channel",
    "dismiss_batch",
    "edit_channel",
    "edit_contact",
    "edit_label",
    "edit_view",
    "expire_leases",
    "fetch_again",
    "gather_calls",
    "lose_channel",
    "mark_read",
    "mark_unread",
    "park_payload",
    "postpone_payload",
    "practise",
    "react",
    "read_mentions",
    "receive_echo",
    "receive_message",
    "record_failure",
    "record_fetched",
    "record_not_fetched",
    "record_sent",
    "release",
    "replay_payload",
    "resolve",
    "resolve_expired",
    "retry_message",
    "run_batch",
    "save_draft",
    "save_quick_reply",
    "save_shared_contact",
    "save_view",
    "send_reply",
    "send_template",
    "set_contact_detail",
    "set_label_activity",
    "set_labels",
    "set_quick_reply_activity",
    "set_quick_reply_file",
    "snooze",
    "start_batch",
    "store_part",
    "store_stray",
    "store_templates",
    "sweep_batches",
    "sweep_call_mails",
    "sweep_payloads",
    "sweep_steps",
    "sweep_uploads",
    "transfer",
    "unclaim",
    "unclaim_payloads",
    "undo",
    "undo_batch",
    "use_quick_reply",
    "wake",
    "wake_due",
]
