"""What a list of conversations may be filtered by: these keys, and no others."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from inbox.models import Conversation
from inbox.queries import matching


class ConversationFilter(django_filters.FilterSet):
    """`status`, `channel`, `department`, `assignee` (ids), `unassigned` and `q` (name,
    phone, number or words of the text)."""

    status = django_filters.ChoiceFilter(choices=Conversation.Status.choices)
    channel = django_filters.NumberFilter(field_name="channel_id")
    department = django_filters.NumberFilter(field_name="department_id")
    assignee = django_filters.NumberFilter(field_name="assignee_id")
    unassigned = django_filters.BooleanFilter(field_name="assignee", lookup_expr="isnull")
    q = django_filters.CharFilter(method="search", max_length=200)

    class Meta:
        model = Conversation
        fields: list[str] = []

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The same search as in the inbox."""
        return rows.filter(matching(value)) if value.strip() else rows
