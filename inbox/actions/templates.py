"""Templates as the provider has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from helpdesk.events import action, emit
from inbox.channels import Template
from inbox.events import TemplatesChanged
from inbox.models import Channel, MessageTemplate

COPIED = {  # and the longest value that fits
    "external_id": 80,
    "category": 40,
    "status": 10,
    "reason": 300,
    "quality": 20,
    "problem": 300,
}


@action
def store_templates(channel: Channel, found: Iterable[Template], *, by: Any = None) -> int:
    """Make ours like theirs: new ones are added, changed ones changed, others removed.
    Returns how many there are."""
    Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    known = {(row.name, row.language): row for row in channel.templates.all()}
    wanted = {(one.name[:512], one.language[:20]): one for one in found}
    for key, one in wanted.items():
        row = known.get(key) or MessageTemplate(channel=channel, name=key[0], language=key[1])
        _fill(row, one)
        row.save()
    gone = [row.pk for key, row in known.items() if key not in wanted]
    MessageTemplate.objects.filter(pk__in=gone).delete()
    Channel.objects.filter(pk=channel.pk).update(templates_at=timezone.now())
    emit(TemplatesChanged(channel.pk), audience={"w"}, by=by)
    return len(wanted)


def _fill(row: MessageTemplate, one: Template) -> None:
    for name, longest in COPIED.items():
        setattr(row, name, getattr(one, name)[:longest])
    row.shape = dict(one.shape)
    row.fields = [asdict(field) for field in one.fields]
