"""What may be posted about labels."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from inbox.models import Conversation, Label
from inbox.queries.labelling import choosable_labels


class LabelForm(forms.Form):
    """A label of the workspace."""

    name = forms.CharField(label=_("Name"), max_length=40)
    hue = forms.TypedChoiceField(
        label=_("Colour"),
        choices=Label.Hue.choices,
        coerce=int,
        initial=Label.Hue.TEAL,
        widget=forms.RadioSelect,
    )


class LabelsForm(forms.Form):
    """The labels that a conversation shall have."""

    labels = forms.ModelMultipleChoiceField(Label.objects.none(), required=False)

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        """Those in use, and those that it has already."""
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Label]", self.fields["labels"])
        field.queryset = choosable_labels(conversation)
