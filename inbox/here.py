"""When and for whom something is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils import timezone
from django.utils.translation import get_language, pgettext


@dataclass(frozen=True)
class Here:
    """When and for whom something is drawn: asked once for a list, not once for every time in
    it. The zone and the language are the viewer's."""

    zone: tzinfo
    now: datetime
    language: str | None
    clock: str
    day: str
    day_of_year: str

    def local(self, value: datetime) -> datetime:
        """The moment in the viewer's zone."""
        return value.astimezone(self.zone)


def here() -> Here:
    """As it is now."""
    return Here(
        zone=timezone.get_current_timezone(),
        now=timezone.now(),
        language=get_language(),
        clock=pgettext("time of day", "H:i"),
        day=pgettext("day", "j M Y"),
        day_of_year=pgettext("day", "j M"),
    )
