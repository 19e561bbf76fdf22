"""Until when: one of the choices, or a time of one's own."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.forms.filters import IN_REACH
from inbox.snoozing import LABELS, MORNING, choices

LIES_AHEAD = _("Choose a time that lies ahead, within a year.")


class SnoozeForm(forms.Form):
    """`choice` is a name of `inbox.snoozing.LABELS`, worked out when it is sent; else `until`,
    in the workspace's zone where it names none."""

    choice = forms.ChoiceField(choices=[(name, name) for name in LABELS], required=False)
    until = forms.DateTimeField(
        required=False,
        validators=IN_REACH,
        error_messages={"invalid": LIES_AHEAD},
    )

    def __init__(self, *args: Any, begin: time = MORNING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begin = begin

    def clean(self) -> dict[str, Any]:
        """One of both."""
        given = self.cleaned_data
        until = moment_of(given.get("choice", ""), given.get("until"), self.begin)
        if until is None and not self.errors:
            raise forms.ValidationError(LIES_AHEAD, code="no_time")
        return {"until": until}


def moment_of(choice: str, own: datetime | None, begin: time) -> datetime | None:
    """The moment of a choice as it is now, or the one that was given."""
    moments = {one.name: one.until for one in choices(timezone.localtime(), begin)}
    return moments.get(choice) or own
