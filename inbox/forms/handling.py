"""What may be posted about a conversation or a message, besides a reply."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Member
from inbox.queries.threads import Targets


class TextForm(forms.Form):
    """A note; the action judges its length."""

    text = forms.CharField(required=False, strip=False)
    client_id = forms.CharField(max_length=64, required=False)


class ReactionForm(forms.Form):
    """An emoji; '' takes the reaction back."""

    emoji = forms.CharField(max_length=32, required=False)


class SaveContactForm(forms.Form):
    """``update``: over what we know of this contact."""

    mode = forms.ChoiceField(choices=[("new", "new"), ("update", "update")], required=False)


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
