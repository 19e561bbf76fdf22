"""What a list of conversations may be filtered by: these keys, and no others."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from inbox.forms.filters import ConversationFilter as SharedFilter
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


class ConversationFilter(SharedFilter):
    """The filter of the pages, and `q` (name, phone, number or words of the text)."""

    q = django_filters.CharFilter(method="search", max_length=200)

    class Meta:
        model = Conversation
        fields: list[str] = []
        form = KnownKeysForm

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The same search as in the inbox."""
        return rows.filter(matching(value)) if value.strip() else rows
