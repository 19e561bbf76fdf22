"""Fetches files of customers, while their addresses at the provider are still valid."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from tempfile import SpooledTemporaryFile

from helpdesk.tenancy import acting_in
from inbox import actions
from inbox.attachments.storing import LARGEST_FILE, Kept, forget, keep
from inbox.channels import DeliveryFailed, RemoteFile, adapter_for
from inbox.drains.threads import ThreadedDrain
from inbox.models import Attachment, Channel

log = logging.getLogger("helpdesk.inbox")
AT_ONCE = 4
IN_MEMORY = 2_000_000
Claimed = tuple[Attachment, Channel, RemoteFile]


def _claim(workspace_id: int, most: int) -> list[Claimed]:
    with acting_in(workspace_id):
        return actions.claim_files(most)


def _fetch(claimed: Claimed) -> Kept:
    attachment, channel, remote = claimed
    with SpooledTemporaryFile(max_size=IN_MEMORY) as content:
        adapter_for(channel.kind).fetch(remote, channel, content, LARGEST_FILE)
        content.seek(0)
        return keep(content, remote.name, attachment.workspace_id)


def _record(workspace_id: int, claimed: Claimed, future: Future[Kept]) -> None:
    attachment, channel, _remote = claimed
    try:
        kept = future.result()
    except DeliveryFailed as failure:
        with acting_in(workspace_id):
            actions.record_not_fetched(attachment, failure)
            if failure.kind == "channel":
                actions.lose_channel(channel, failure.message)
    except Exception:  # a fault of ours, or of the disk: as if the provider had been away
        log.exception("file", extra={"fields": {"attachment": attachment.pk}})
        with acting_in(workspace_id):
            actions.record_not_fetched(attachment, DeliveryFailed("retry", "", code="fault"))
    else:
        _keep_row(workspace_id, attachment, kept)


def _keep_row(workspace_id: int, attachment: Attachment, kept: Kept) -> None:
    is_recorded = False
    try:
        with acting_in(workspace_id):
            is_recorded = actions.record_fetched(attachment, kept)
    finally:
        if not is_recorded:
            forget(kept)


fetching = ThreadedDrain("inbox.fetch_attachments", AT_ONCE, _claim, _fetch, _record)
