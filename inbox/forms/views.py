"""What may be posted about saved views."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Member
from inbox.models import SavedView

Sharing = SavedView.Sharing


class ViewForm(forms.Form):
    """A view's name, and who else has it; who may not share is not asked."""

    name = forms.CharField(label=_("Name"), max_length=60)
    sharing = forms.ChoiceField(
        label=_("For"), choices=Sharing.choices, initial=Sharing.OWN, widget=forms.RadioSelect
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Department"), required=False
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not member.may("inbox.share_views"):
            del self.fields["sharing"], self.fields["department"]
            return
        field = cast("forms.ModelChoiceField[Department]", self.fields["department"])
        field.queryset = Department.objects.filter(is_active=True).order_by("name")

    def clean(self) -> dict[str, Any]:
        """A department is named if it is shared with one."""
        found = self.cleaned_data
        if found.get("sharing") == Sharing.DEPARTMENT and not found.get("department"):
            self.add_error("department", _("Choose a department."))
        return found

    def wish(self, shown: SavedView | None = None) -> dict[str, Any]:
        """What the actions take; who may not share leaves it as it is."""
        found = self.cleaned_data
        kept = {"sharing": shown.sharing, "department": shown.department} if shown else {}
        return {"sharing": Sharing.OWN, "department": None, **kept, **found}
