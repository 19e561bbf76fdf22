"""What may be posted about quick replies."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Member
from accounts.queries import access_of
from inbox.models import QuickReply

SHORT = RegexValidator(r"^[\w-]+\Z", _("Letters, digits and hyphens, without spaces."))
OWN, ALL = "own", "all"


class QuickReplyForm(forms.Form):
    """A quick reply; `for_whom` is ``own``, ``all`` or the id of a department."""

    shortcut = forms.CharField(
        label=_("Shortcut"), max_length=40, help_text=_("Typed after a slash: /thanks")
    )
    title = forms.CharField(label=_("Title"), max_length=80)
    text = forms.CharField(
        label=_("Text"), max_length=4000, widget=forms.Textarea({"rows": 6}), strip=True
    )
    for_whom = forms.ChoiceField(label=_("For whom"))
    language = forms.ChoiceField(
        label=_("Language"), choices=QuickReply.Language.choices, required=False
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        """Whom he may make them for."""
        super().__init__(*args, **kwargs)
        self.fields["shortcut"].validators.append(SHORT)
        self.departments = _departments(member) if member.steers else {}
        shared: list[tuple[str, Any]] = [(ALL, _("Everybody"))] if member.steers else []
        shared += [(str(row.pk), row.name) for row in self.departments.values()]
        field = cast("forms.ChoiceField", self.fields["for_whom"])
        field.choices = [*shared, (OWN, _("Only me"))]

    def clean_shortcut(self) -> str:
        """A slash that was typed along is not part of it."""
        return str(self.cleaned_data["shortcut"]).removeprefix("/")

    @property
    def facts(self) -> dict[str, Any]:
        """What `save_quick_reply` takes."""
        data = dict(self.cleaned_data)
        chosen = data.pop("for_whom")
        return {**data, "is_own": chosen == OWN, "department": self.departments.get(chosen)}


def _departments(member: Member) -> dict[str, Department]:
    rows = Department.objects.filter(is_active=True).order_by("-is_main", "name")
    if not member.administers:
        rows = rows.filter(pk__in=access_of(member).departments)
    return {str(row.pk): row for row in rows}


def initial_of(reply: QuickReply) -> dict[str, Any]:
    """The form as it stands."""
    chosen = OWN if reply.member_id else str(reply.department_id or ALL)
    shown = {name: getattr(reply, name) for name in ("shortcut", "title", "text", "language")}
    return {**shown, "for_whom": chosen}
