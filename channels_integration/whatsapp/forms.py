"""The settings of a WhatsApp channel."""

from __future__ import annotations

import re
import secrets as random
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from channels_integration.whatsapp.graph import VERSION
from inbox.channels import SettingsForm

ONLY_DIGITS = RegexValidator(r"^[0-9]{5,40}$", _("Only digits."))
PRINTABLE = RegexValidator(r"^[\x21-\x7e]+$", _("No spaces or special characters."))


def _secret(label: Any, help_text: Any) -> forms.CharField:
    hidden = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, help_text=help_text, max_length=1000, validators=[PRINTABLE], widget=hidden
    )


class WhatsAppSettings(SettingsForm):
    """Secrets are write-only: left empty on an existing channel they stay as they are.

    The lists of names below tell the settings page what is stored where.
    """

    phone_number_id = forms.CharField(
        label=_("Phone number ID"),
        help_text=_("In the Meta dashboard under WhatsApp, API setup."),
        validators=[ONLY_DIGITS],
    )
    waba_id = forms.CharField(label=_("WhatsApp Business account ID"), validators=[ONLY_DIGITS])
    display_phone_number = forms.CharField(
        label=_("Phone number"),
        help_text=_("With the country code, as customers see it."),
        max_length=30,
    )
    access_token = _secret(
        _("Access token"), _("A permanent token of a system user, allowed to send messages.")
    )
    app_secret = _secret(_("App secret"), _("Proves that incoming messages come from Meta."))
    verify_token = forms.CharField(
        label=_("Verify token"),
        help_text=_("Enter the same text in the Meta dashboard when you set the webhook."),
        max_length=200,
        validators=[PRINTABLE],
        initial=lambda: random.token_urlsafe(18),
    )
    groups = forms.BooleanField(
        label=_("Show group chats"),
        help_text=_("Each group is a conversation of its own. Otherwise groups are ignored."),
        required=False,
    )
    no_read_receipts = forms.BooleanField(
        label=_("Don't tell customers that we have read their messages"),
        help_text=_("Then they don't see that an answer is being typed either."),
        required=False,
    )
    base_url = forms.URLField(
        label=_("API address"), required=False, assume_scheme="https", max_length=300
    )
    version = forms.CharField(
        label=_("API version"),
        required=False,
        validators=[RegexValidator(r"^v[0-9]{1,2}\.[0-9]$", _("Like v25.0."))],
    )

    account_field = "phone_number_id"
    secret_fields = ("access_token", "app_secret", "verify_token")
    config_fields = (
        "waba_id",
        "display_phone_number",
        "groups",
        "no_read_receipts",
        "base_url",
        "version",
    )
    advanced_fields = ("base_url", "version")

    def __init__(self, *args: Any, has_secrets: bool = False, **kwargs: Any) -> None:
        """`has_secrets`: the channel exists, so secrets may be left empty."""
        super().__init__(*args, has_secrets=has_secrets, **kwargs)
        self.fields["base_url"].widget.attrs["placeholder"] = settings.WHATSAPP_BASE_URL
        self.fields["version"].widget.attrs["placeholder"] = VERSION

    def clean_display_phone_number(self) -> str:
        digits = re.sub(r"[^0-9]", "", self.cleaned_data["display_phone_number"])
        if not 6 <= len(digits) <= 15:
            raise forms.ValidationError(_("Enter a phone number with its country code."))
        return digits

    def clean_base_url(self) -> str:
        """Where from is checked again at every connection, by the egress client."""
        value = str(self.cleaned_data["base_url"]).rstrip("/")
        parts = urlsplit(value)
        if parts.username or parts.query or parts.fragment:
            raise forms.ValidationError(_("Enter the plain address, without anything behind it."))
        return value
