"""What may be posted about a conversation's customer."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LENGTHS = {"name": 160, "email": 254, "phone": 40, "organization": 160}
LONG = {"address": 1000, "note": 5000}
FIELDS = [*LENGTHS, *LONG]


class ContactForm(forms.Form):
    """One field of the contact: what it is to say, and what the editor saw in it."""

    field = forms.ChoiceField(choices=[(name, name) for name in FIELDS])
    value = forms.CharField(required=False, max_length=5000)
    was = forms.CharField(required=False, max_length=5000, strip=False)

    def clean(self) -> dict[str, Any]:
        """The value fits its field; a phone number becomes E.164."""
        found = self.cleaned_data
        name, value = found.get("field", ""), _lines(found.get("value", ""))
        found["was"] = _lines(found.get("was", ""))
        most = (LENGTHS | LONG).get(name, 0)
        if len(value) > most:
            self.add_error("value", _("At most %(most)d characters.") % {"most": most})
        elif name == "email" and value:
            value = _mail(self, value)
        elif name == "phone" and value:
            value = _phone(self, value)
        found["value"] = value if name in LONG else " ".join(value.split())
        return found


class DetailForm(forms.Form):
    """A row of additional information; an empty label removes it."""

    label = forms.CharField(required=False, max_length=60)
    value = forms.CharField(required=False, max_length=1000)
    was_label = forms.CharField(required=False, max_length=60)
    was_value = forms.CharField(required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        """A value without a label has no name, and a new row has a label."""
        found = self.cleaned_data
        is_new = not found.get("was_label")
        if not found.get("label") and (is_new or found.get("value")):
            self.add_error("label", _("Give it a name."))
        return found

    def wish(self) -> dict[str, Any]:
        """As `set_contact_detail` takes it."""
        found = self.cleaned_data
        was = (found["was_label"], found["was_value"]) if found["was_label"] else None
        return {"label": found["label"], "value": found["value"], "was": was}


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _mail(form: forms.Form, value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as error:
        form.add_error("value", error)
    return value


def _phone(form: forms.Form, value: str) -> str:
    """E.164; without a country code it is an Indonesian number."""
    try:
        number = phonenumbers.parse(value, "ID")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        form.add_error("value", _("This is not a phone number."))
        return value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
