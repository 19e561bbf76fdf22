"""Unsent words, and what goes along when words are sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest

from inbox.actions.files import MOST_UNSENT
from inbox.models import Draft

BIG = 2**63 - 1
LONGEST = 20_000


class DraftForm(forms.Form):
    """What the composer saves; `attachments` are uuids with commas between them."""

    kind = forms.ChoiceField(choices=Draft.Kind.choices)
    text = forms.CharField(required=False, strip=False, max_length=LONGEST)
    reply_to = forms.IntegerField(required=False, min_value=1, max_value=BIG)
    seen = forms.IntegerField(required=False, min_value=0, max_value=BIG)
    base = forms.IntegerField(min_value=0, max_value=BIG)
    writer = forms.CharField(max_length=32)
    step = forms.IntegerField(min_value=1, max_value=BIG)
    attachments = forms.CharField(required=False, max_length=40 * MOST_UNSENT)

    def clean_attachments(self) -> list[UUID]:
        """The uuids."""
        try:
            return [UUID(one) for one in self.cleaned_data["attachments"].split(",") if one]
        except ValueError as error:
            raise forms.ValidationError("no uuid") from error


class SentForm(forms.Form):
    """What a reply or a note says besides itself: `seen`, the last message that was known,
    and `rest`, what stays in the draft; either may be missing."""

    seen = forms.IntegerField(required=False, min_value=0, max_value=BIG)
    rest = forms.CharField(required=False, strip=False, max_length=LONGEST)

    def facts(self) -> dict[str, Any]:
        """Those that were given, for the action. `BadRequest` if one makes no sense: without it
        the guard would let everything through, and the draft would stay."""
        if not self.is_valid():
            raise BadRequest
        given = self.cleaned_data
        return {
            name: given[name]
            for name in ("seen", "rest")
            if name in self.data and given.get(name) is not None
        }
