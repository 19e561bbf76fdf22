"""The shape of the page "Notifications"."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.preferences import DAYS, TONES, WAYS, Hours, activities, attention_of

USUAL = Hours(frozenset(range(5)), time(8), time(17))
CLOCK = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class AttentionForm(forms.Form):
    """By activity the ways, the tone, and working hours."""

    tone = forms.ChoiceField(choices=list(TONES.items()), widget=forms.RadioSelect)
    volume = forms.IntegerField(
        label=gettext_lazy("Volume"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"type": "range", "step": 5}),
    )
    only_hours = forms.BooleanField(
        label=gettext_lazy("Call me only during my working hours"), required=False
    )
    days = forms.TypedMultipleChoiceField(
        choices=[(day, WEEKDAYS_ABBR[day]) for day in DAYS],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    begin = forms.TimeField(label=gettext_lazy("From"), required=False, widget=CLOCK)
    end = forms.TimeField(label=gettext_lazy("Until"), required=False, widget=CLOCK)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.attention = attention_of(member)
        super().__init__(*args, **{"initial": self._initial(), **kwargs})
        for name in activities:
            self.fields[_field(name)] = forms.MultipleChoiceField(
                choices=list(WAYS.items()), required=False
            )

    def _initial(self) -> dict[str, Any]:
        hours = self.attention.hours or USUAL
        return {
            "tone": self.attention.tone,
            "volume": self.attention.volume,
            "only_hours": self.attention.hours is not None,
            "days": sorted(hours.days),
            "begin": hours.begin,
            "end": hours.end,
        }

    def clean(self) -> dict[str, Any]:
        """Hours that are wished for are complete."""
        found = self.cleaned_data
        if found.get("only_hours"):
            if not found.get("days"):
                self.add_error("days", _("Choose at least one day."))
            for name in ("begin", "end"):
                if found.get(name) is None and name not in self.errors:
                    self.add_error(name, _("When?"))
        return found

    def wish(self) -> dict[str, Any]:
        """As `set_attention` takes it."""
        found = self.cleaned_data
        wish = {
            "ways": {name: found[_field(name)] for name in activities},
            "tone": found["tone"],
            "volume": found["volume"],
        }
        if found["only_hours"]:
            times = {name: found[name].strftime("%H:%M") for name in ("begin", "end")}
            wish["hours"] = {"days": found["days"], **times}
        return wish

    @property
    def clocks(self) -> list[Any]:
        """When working hours begin and end: needed only where they are wished for."""
        return [self["begin"], self["end"]]

    @property
    def ways(self) -> list[tuple[str, Any]]:
        """The columns of the table."""
        return list(WAYS.items())

    def rows(self) -> list[dict[str, Any]]:
        """The rows of the table, as they were sent or as they are."""
        return [
            {
                "activity": row,
                "name": _field(name),
                "ways": [
                    {"value": way, "label": label, "on": way in self._on(name)}
                    for way, label in WAYS.items()
                ],
            }
            for name, row in activities.items()
        ]

    def _on(self, activity: str) -> Any:
        if self.is_bound:
            return self.data.getlist(_field(activity))  # type: ignore[attr-defined]
        return self.attention.ways[activity]


def _field(activity: str) -> str:
    return f"ways-{activity}"
