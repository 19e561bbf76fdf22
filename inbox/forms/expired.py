"""What "resolve all expired" asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inbox.models import Channel


class ExpiredForm(forms.Form):
    """The channels, and whether what nobody has had yet is meant too."""

    channels = forms.MultipleChoiceField(
        error_messages={"required": _("Choose at least one channel.")}
    )
    include_untouched = forms.BooleanField(required=False)

    def __init__(self, *args: Any, channels: Sequence[Channel], **kwargs: Any) -> None:
        """Of these channels."""
        super().__init__(*args, **kwargs)
        choices = [(str(channel.pk), channel.name) for channel in channels]
        self.fields["channels"].choices = choices  # type: ignore[attr-defined]

    def wish(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "channels": [int(pk) for pk in self.cleaned_data["channels"]],
            "include_untouched": self.cleaned_data["include_untouched"],
        }
