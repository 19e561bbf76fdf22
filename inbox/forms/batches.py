"""What may be posted about many conversations at once."""

from __future__ import annotations

import re
from datetime import time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Member
from accounts.queries import agents
from inbox.actions.batches import MOST_ITEMS, OPERATIONS
from inbox.forms.filters import IN_REACH
from inbox.forms.snoozing import moment_of
from inbox.models import Label
from inbox.snoozing import LABELS, MORNING

ITEM = re.compile(r"(?P<number>[0-9]{1,18})(?::(?P<seen>[a-z]{1,10}:[0-9]{0,18}))?")


class ItemsField(forms.CharField):
    """Conversations by number, each with how it stood when it was chosen, separated by commas:
    ``12:queued:,15:handled:7``."""

    def to_python(self, value: Any) -> Any:
        """Pairs of number and standing."""
        found: list[tuple[int, str]] = []
        for text in filter(None, str(value or "").split(",")):
            match = ITEM.fullmatch(text.strip())
            if match is None or len(found) > MOST_ITEMS:
                raise forms.ValidationError(_("This selection cannot be read."), code="invalid")
            found.append((int(match["number"]), match["seen"] or ""))
        return found


class BatchForm(forms.Form):
    """The operation, on what, and where to or what with. Several members share evenly.
    `choice` and `until` as in `SnoozeForm`."""

    operation = forms.ChoiceField(choices=[(name, name) for name in OPERATIONS])
    items = ItemsField(required=False, max_length=60_000)
    members = forms.ModelMultipleChoiceField(Member.objects.none(), required=False)
    department = forms.ModelChoiceField(Department.objects.none(), required=False)
    note = forms.CharField(max_length=2000, required=False)
    add = forms.ModelMultipleChoiceField(Label.objects.none(), required=False)
    remove = forms.ModelMultipleChoiceField(Label.objects.none(), required=False)

    choice = forms.ChoiceField(choices=[(name, name) for name in LABELS], required=False)
    until = forms.DateTimeField(required=False, validators=IN_REACH)

    def __init__(self, *args: Any, begin: time = MORNING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begin = begin
        chosen: dict[str, Any] = {
            "members": agents(),
            "department": Department.objects.filter(is_active=True),
            "add": Label.objects.filter(is_active=True),
            "remove": Label.objects.all(),
        }
        for name, rows in chosen.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def clean(self) -> dict[str, Any]:
        """One moment, whichever way it was given."""
        given = self.cleaned_data
        choice, own = given.pop("choice", ""), given.get("until")
        return {**given, "until": moment_of(choice, own, self.begin)}
