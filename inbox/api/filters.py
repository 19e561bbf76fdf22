"""What a list of conversations may be filtered by: these keys, and no others."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from inbox.models import Conversation
from inbox.queries import matching

BESIDES = {"cursor"}


class KnownKeysForm(forms.Form):
    """A key that means nothing is an error: whoever misspells a filter would get everything."""

    def clean(self) -> dict[str, Any]:
        """Every key is a filter, or the page's cursor."""
        for key in sorted(set(self.data) - set(self.fields) - BESIDES):
            self.add_error(None, _("There is no filter “%(key)s”.") % {"key": key[:40]})
        return self.cleaned_data


class ConversationFilter(django_filters.FilterSet):
    """`status`, `channel`, `department`, `assignee` (ids), `unassigned` and `q` (name,
    phone, number or words of the text)."""

    status = django_filters.ChoiceFilter(choices=Conversation.Status.choices)
    channel = django_filters.NumberFilter(field_name="channel_id")
    department = django_filters.NumberFilter(field_name="department_id")
    assignee = django_filters.NumberFilter(field_name="assignee_id")
    unassigned = django_filters.TypedChoiceFilter(
        field_name="assignee",
        lookup_expr="isnull",
        choices=[("true", "true"), ("false", "false")],
        coerce=lambda text: text == "true",
    )
    q = django_filters.CharFilter(method="search", max_length=200)

    class Meta:
        model = Conversation
        fields: list[str] = []
        form = KnownKeysForm

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The same search as in the inbox."""
        return rows.filter(matching(value)) if value.strip() else rows
