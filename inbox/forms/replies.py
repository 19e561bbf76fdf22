"""What the composer may post: replies with all that can go along, and templates."""

from __future__ import annotations

import json
from typing import Any

from django import forms

MOST_DATA = 20_000  # characters of JSON: more than any list with its rows
EXTRAS = ("location", "buttons", "list")


class ReplyForm(forms.Form):
    """A reply; the action judges its words, and the channel its kind. `data` is JSON in the
    shape of `docs/message-kinds.md`, `reply_to` the id of the quoted message."""

    text = forms.CharField(required=False, strip=False)
    client_id = forms.CharField(max_length=64, required=False)
    kind = forms.ChoiceField(
        choices=[(kind, kind) for kind in ("text", "file", *EXTRAS)], required=False
    )
    attachment = forms.UUIDField(required=False)
    reply_to = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data"] = forms.CharField(max_length=MOST_DATA, required=False)

    def clean_data(self) -> dict[str, Any]:
        """The object that the text stands for."""
        try:
            found = json.loads(self.cleaned_data["data"] or "{}")
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError("no JSON") from error
        if not isinstance(found, dict):
            raise forms.ValidationError("no object")
        return found

    def content(self) -> dict[str, Any]:
        """What goes into the message's `data`: only keys that its kind knows."""
        known = {
            "location": ("latitude", "longitude", "name", "address"),
            "buttons": ("buttons", "header", "footer"),
            "list": ("button", "sections", "header", "footer"),
        }[self.cleaned_data["kind"]]
        given = self.cleaned_data["data"]
        return {key: given[key] for key in known if given.get(key) not in (None, "")}


class ChosenForm(forms.Form):
    """The template whose values are asked for; a wrong one means none."""

    template = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def template_id(self) -> int:
        """Its id, or 0."""
        self.is_valid()
        return self.cleaned_data.get("template") or 0


class TemplateForm(forms.Form):
    """A template with its values, each posted as ``value:<field key>``."""

    template = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    client_id = forms.CharField(max_length=64, required=False)
    attachment = forms.UUIDField(required=False)

    def values(self) -> dict[str, str]:
        """By the key of the template's field."""
        prefix = "value:"
        given = {key: self.data[key] for key in self.data if key.startswith(prefix)}
        return {key.removeprefix(prefix): str(value) for key, value in given.items()}
