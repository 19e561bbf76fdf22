"""What the inbox's pages may post."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Member
from inbox.queries import VIEWS
from inbox.queries.threads import Targets


class ListForm(forms.Form):
    """Which rows: the tab, the search, and below which row to go on. Wrong values mean none."""

    view = forms.ChoiceField(choices=[(view, view) for view in VIEWS], required=False)
    q = forms.CharField(max_length=200, required=False)
    before_at = forms.DateTimeField(required=False)
    before_id = forms.IntegerField(required=False)

    def wish(self) -> dict[str, Any]:
        """The valid ones among them, as `inbox_list` takes them."""
        self.is_valid()
        found = self.cleaned_data
        at, pk = found.get("before_at"), found.get("before_id")
        return {
            "view": found.get("view") or "queue",
            "q": found.get("q") or "",
            "before": (at, pk) if at and pk else None,
        }


class BeforeForm(forms.Form):
    """Below which message of a thread to stop; a wrong value means its end."""

    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def message(self) -> int:
        """The id, or 0."""
        self.is_valid()
        return self.cleaned_data.get("before") or 0


class TextForm(forms.Form):
    """A reply or a note; the action judges its length."""

    text = forms.CharField(required=False, strip=False)
    client_id = forms.CharField(max_length=64, required=False)


class TransferForm(forms.Form):
    """Where to: `to` is ``member:5`` or ``department:3``, among the allowed targets."""

    to = forms.ChoiceField(error_messages={"required": _("Choose a member or a department.")})
    note = forms.CharField(max_length=2000, required=False)

    def __init__(self, *args: Any, targets: Targets, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: list[tuple[str, Member | Department]] = []
        named += [("member", member) for member in targets.members]
        named += [("department", department) for department in targets.departments]
        self._targets = {f"{kind}:{row.pk}": {kind: row} for kind, row in named}
        cast(forms.ChoiceField, self.fields["to"]).choices = [(key, key) for key in self._targets]

    def wish(self) -> dict[str, Any]:
        """The target and the note, as `transfer` takes them."""
        return {**self._targets[self.cleaned_data["to"]], "note": self.cleaned_data["note"]}
