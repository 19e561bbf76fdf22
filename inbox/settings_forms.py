"""What every channel's settings page may post, whatever its kind."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department


class ChannelForm(forms.Form):
    """Name, and the department whose queue its conversations enter."""

    name = forms.CharField(label=_("Name"), max_length=80)
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Department"),
        help_text=_("New conversations enter its queue."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Department.objects.filter(is_active=True).order_by("-is_main", "name")
        _choices(self, "department").queryset = active
        _choices(self, "department").empty_label = None


def _choices(form: forms.Form, name: str) -> forms.ModelChoiceField[Any]:
    return cast("forms.ModelChoiceField[Any]", form.fields[name])
