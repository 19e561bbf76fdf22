"""Connecting and changing channels."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import EVERYBODY
from accounts.models import Department
from helpdesk import vault
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.actions.delivery import fail_queued
from inbox.actions.files import give_up_files
from inbox.events import ChannelChanged
from inbox.models import Channel


@action
def connect_channel(
    *,
    by: Any,
    kind: str,
    name: str,
    account_id: str,
    department: Department | None,
    config: dict[str, Any],
    secrets: dict[str, Any],
) -> Channel:
    """Connect an account. `Refused("account_taken")` if this workspace has it already."""
    by.require("inbox.manage_channels")
    channel = Channel(
        kind=kind,
        name=name.strip(),
        account_id=account_id,
        department=department,
        config=config,
        sealed=vault.seal(secrets),
    )
    _save(channel)
    emit(ChannelChanged(channel.pk, ["connected"]), audience={EVERYBODY}, by=by)
    return channel


@action
def edit_channel(
    channel: Channel,
    *,
    by: Any,
    name: str,
    account_id: str,
    department: Department | None,
    config: dict[str, Any],
    secrets: dict[str, Any],
) -> Channel:
    """Change it; blank secrets stay as they are. New secrets end "reconnect needed", and
    what waited is sent in its order."""
    by.require("inbox.manage_channels")
    row = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    given = {key: value for key, value in secrets.items() if value}
    wanted = {
        "name": name.strip(),
        "account_id": account_id,
        "department_id": department.pk if department else None,
        "config": config,
    }
    changed = [field for field, value in wanted.items() if getattr(row, field) != value]
    for field, value in wanted.items():
        setattr(row, field, value)
    before = row.state
    if given:
        row.sealed = vault.seal({**row.secrets, **given})
        row.state, row.last_error, row.paused_until = Channel.State.ACTIVE, "", None
        changed += sorted(given)
    if row.state != before:
        changed.append("state")
    if changed:
        _save(row)
        audience = {EVERYBODY} if row.state != before else {"w"}
        emit(ChannelChanged(row.pk, changed), audience=audience, by=by)
    return row


@action
def disconnect_channel(channel: Channel, *, by: Any) -> Channel:
    """Stop receiving and sending, forget the secrets; conversations stay readable. Replies
    that wait fail, files that wait are given up."""
    by.require("inbox.manage_channels")
    row = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    if row.state != Channel.State.DISCONNECTED:
        row.state, row.sealed = Channel.State.DISCONNECTED, ""
        row.save(update_fields=["state", "sealed"])
        fail_queued(row)
        give_up_files(row)
        emit(ChannelChanged(row.pk, ["disconnected"]), audience={EVERYBODY}, by=by)
    return row


def _save(channel: Channel) -> None:
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:
        raise Refused("account_taken", _("This account is already connected here.")) from error
