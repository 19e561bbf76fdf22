"""The shape of what people type into accounts' pages."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Member, Role, User


class PreferencesForm(forms.Form):
    """Language and theme, each of them optional."""

    language = forms.ChoiceField(choices=[("", ""), ("id", ""), ("en", "")], required=False)
    theme = forms.ChoiceField(choices=[("", ""), ("light", ""), ("dark", "")], required=False)


class AcceptForm(forms.Form):
    """Name and password of a new person; nothing for one who has an account."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, needs_password: bool, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        if not needs_password:
            self.fields.clear()

    def clean_password(self) -> str:
        """The installation's password rules."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.data.get("name", "")))
        return password

    @property
    def answers(self) -> dict[str, str]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.fields}


class InvitationForm(forms.Form):
    """Whom to invite, as what, into which departments."""

    email = forms.EmailField(label=_("Email"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.AGENT)
    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label=_("Departments"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "departments").queryset = _departments()


class MemberForm(InvitationForm):
    """What may be changed of a member."""

    email = None  # type: ignore[assignment]
    sees_all = forms.BooleanField(
        label=_("Sees all conversations"),
        help_text=_("Without it, only their own, their queues, and those of agents under them."),
        required=False,
    )
    led = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label=_("Leads departments"),
        help_text=_("They see all conversations of the departments they lead and work in."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    supervised = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label=_("Supervises"),
        help_text=_("They see what these agents see."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "led").queryset = _departments()
        _choices(self, "supervised").queryset = (
            Member.objects.filter(is_active=True).exclude(pk=member.pk).order_by("name")
        )


class DepartmentForm(forms.Form):
    """A department and who works in it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    members = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label=_("Members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "members").queryset = Member.objects.filter(is_active=True).order_by("name")


class TokenForm(forms.Form):
    """The name of an API token."""

    name = forms.CharField(label=_("Name"), max_length=80)


def _departments() -> Any:
    return Department.objects.filter(is_active=True).order_by("-is_main", "name")


def _choices(form: forms.Form, name: str) -> forms.ModelChoiceField[Any]:
    return cast("forms.ModelChoiceField[Any]", form.fields[name])
