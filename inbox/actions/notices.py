"""What a provider says of the account and its templates."""

from __future__ import annotations

from django.utils import timezone

from helpdesk.events import action, emit
from inbox.actions.connection import lose_channel
from inbox.channels import AccountNotice, TemplateChange
from inbox.events import ChannelChanged, TemplatesChanged
from inbox.models import Channel, MessageTemplate


@action
def apply_notice(channel: Channel, notice: AccountNotice) -> bool:
    """Keep it for the channel's health; hold the queue if the account is lost to us."""
    row = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    at = notice.at or timezone.now()
    if notice.quality and notice.quality != row.quality:
        row.quality = notice.quality[:20]
        row.save(update_fields=["quality"])
        emit(ChannelChanged(row.pk, ["quality"]), audience={"w"})
    if notice.loses:
        lose_channel(row, notice.text)
    elif notice.text and (row.last_error_at is None or row.last_error_at < at):
        row.last_error, row.last_error_at = notice.text[:300], at
        row.save(update_fields=["last_error", "last_error_at"])
    return True


@action
def apply_template_change(channel: Channel, change: TemplateChange) -> bool:
    """Note what changed; a template that we do not know is fetched with the next sync."""
    rows = MessageTemplate.objects.select_for_update(of=("self",)).filter(channel=channel)
    row = rows.filter(name=change.name, language=change.language).first()
    if row is None:
        Channel.objects.filter(pk=channel.pk).update(templates_at=None)
    else:
        told = {
            "status": change.status,
            "reason": change.reason[:300],
            "category": change.category[:40],
            "quality": change.quality[:20],
        }
        for name, value in told.items():
            if value or (name == "reason" and change.status):
                setattr(row, name, value)
        row.save()
    emit(TemplatesChanged(channel.pk), audience={"w"})
    return True
