"""The shape of what a member says about himself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands import GROUPS, available, keys_of, parse, pretty
from accounts.models import Member
from accounts.preferences import DENSITIES, LIST_WIDTHS
from helpdesk.errors import Refused


class ProfileForm(forms.Form):
    """Who he is to his colleagues, and how he reads."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Colleagues see it; customers see it where you reply."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[
            ("auto", gettext_lazy("As in the browser")),
            ("id", "Bahasa Indonesia"),
            ("en", "English"),
        ],
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"),
        choices=[
            ("auto", gettext_lazy("System")),
            ("light", gettext_lazy("Light")),
            ("dark", gettext_lazy("Dark")),
        ],
    )
    density = forms.ChoiceField(label=gettext_lazy("Density"), choices=list(DENSITIES.items()))

    def wish(self) -> dict[str, str]:
        """Language and theme as they are kept: '' for whatever the browser has."""
        given = {name: self.cleaned_data[name] for name in ("language", "theme")}
        return {name: "" if value == "auto" else value for name, value in given.items()}


class LookForm(forms.Form):
    """Some of the widths and panels of the inbox."""

    list_width = forms.TypedChoiceField(
        choices=[(width, width) for width in LIST_WIDTHS], coerce=int, required=False
    )
    list_open = forms.ChoiceField(choices=[("1", ""), ("0", "")], required=False)
    details_open = forms.ChoiceField(choices=[("1", ""), ("0", "")], required=False)
    density = forms.ChoiceField(choices=list(DENSITIES.items()), required=False)

    def wish(self) -> dict[str, Any]:
        """What was given, as `set_look` takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if value != ""}
        panels = ("list_open", "details_open")
        return {name: value == "1" if name in panels else value for name, value in given.items()}


class KeysForm(forms.Form):
    """A key for each command; blank is none."""

    single_keys = forms.BooleanField(
        label=gettext_lazy("Use single keys"),
        help_text=gettext_lazy(
            "Letters without Ctrl or Alt. Turn them off if you dictate, or hit keys by accident."
        ),
        required=False,
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uses_single = member.preferences.get("single_keys") is not False
        self.fields["single_keys"].initial = uses_single
        shown = keys_of(Member(role=member.role, preferences=_all_on(member)))
        self.commands = {_field(row.id): row for row in available(member)}
        for name, row in self.commands.items():
            if not row.fixed:
                # The first of several stands for all: who changes it means all of them.
                self.fields[name] = forms.CharField(
                    label=row.label,
                    initial=pretty(next(iter(shown[row.id]), "")),
                    max_length=40,
                    required=False,
                    widget=forms.TextInput(attrs={"data-chord": "", "autocomplete": "off"}),
                )

    def clean(self) -> dict[str, Any]:
        """Every key is one."""
        for name, row in self.commands.items():
            try:
                self.cleaned_data[name] = parse(self.cleaned_data.get(name, ""))
            except ValueError:
                self.add_error(None if row.fixed else name, _("This cannot be used as a key."))
        return self.cleaned_data

    def wish(self) -> dict[str, Any]:
        """As `set_keys` takes it; a key that is as at first is not a wish."""
        own = {}
        for name, row in self.commands.items():
            key = self.cleaned_data.get(name, "")
            if not row.fixed and key != next(iter(row.keys), ""):
                own[row.id] = key
        return {"keys": own, "single_keys": self.cleaned_data["single_keys"]}

    def refused(self, refused: Refused) -> None:
        """Show at the fields why it was not done."""
        names = [
            refused.facts[fact] for fact in ("first", "second", "command") if fact in refused.facts
        ]
        for name in map(_field, names):
            self.add_error(name if name in self.fields else None, str(refused.message))

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields by the groups of their commands."""
        found: dict[str, list[Any]] = {}
        for name, row in self.commands.items():
            shown = {"label": row.label, "default": pretty(next(iter(row.keys), ""))}
            shown |= {"others": [pretty(key) for key in row.keys[1:]]}
            field = self[name] if name in self.fields else None
            found.setdefault(str(GROUPS[row.group]), []).append({**shown, "field": field})
        return list(found.items())


def _field(command: str) -> str:
    return "key-" + command.replace(".", "-")


def _all_on(member: Member) -> dict[str, Any]:
    """With single keys on, so that the page shows what they would be."""
    return {**member.preferences, "single_keys": True}
