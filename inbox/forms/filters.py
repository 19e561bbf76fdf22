"""The filter of a list of conversations: the same for the pages and the API."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import Member
from inbox.models import Conversation
from inbox.queries import filtering

MOST_DIGITS = 18
MOST_CHOSEN = 50
# Days that exist in every zone: at the ends of the calendar there is no local time.
IN_REACH = [
    MinValueValidator(datetime(1970, 1, 1, tzinfo=UTC)),
    MaxValueValidator(datetime(2200, 1, 1, tzinfo=UTC)),
]


class KeysField(forms.MultipleChoiceField):
    """Ids, and words that stand for some; whether there is such a row is not asked."""

    def __init__(self, *args: Any, words: Iterable[str] = (), **kwargs: Any) -> None:
        kwargs.pop("choices", None)
        super().__init__(*args, **kwargs)
        self.words = frozenset(words)

    def valid_value(self, value: Any) -> bool:
        """A whole number that a row may have, or a known word."""
        text = str(value)
        is_id = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
        return is_id or text in self.words

    def clean(self, value: Any) -> list[str]:
        """Each once, in the order that they came."""
        found: list[str] = super().clean(value)
        return list(dict.fromkeys(found))[:MOST_CHOSEN]


class KeysFilter(django_filters.MultipleChoiceFilter):
    """Any of some ids."""

    field_class = KeysField


class ConversationFilter(django_filters.FilterSet):
    """`status`, `channel`, `department`, `assignee` (ids, ``me``, ``none``), `label`: each may
    be given several times and then means any of them. `since`, `until`: a message of the
    customer in this interval, with `daily` only between its two times of each day.
    `unassigned`, `unread`, `snoozed`: ``true`` or ``false``."""

    status = django_filters.MultipleChoiceFilter(choices=Conversation.Status.choices)
    channel = KeysFilter(method="of_channels")
    department = KeysFilter(method="of_departments")
    assignee = KeysFilter(method="of_people", words=(filtering.ME, filtering.NOBODY))
    unassigned = django_filters.TypedChoiceFilter(
        field_name="assignee",
        lookup_expr="isnull",
        choices=[("true", "true"), ("false", "false")],
        coerce=lambda text: text == "true",
    )
    label = KeysFilter(method="with_labels")
    since = django_filters.IsoDateTimeFilter(method="together", validators=IN_REACH)
    until = django_filters.IsoDateTimeFilter(method="together", validators=IN_REACH)
    daily = django_filters.TypedChoiceFilter(
        method="together",
        choices=[("true", "true"), ("false", "false")],
        coerce=lambda text: text == "true",
    )
    unread = django_filters.TypedChoiceFilter(
        method="having_unread",
        choices=[("true", "true"), ("false", "false")],
        coerce=lambda text: text == "true",
    )
    snoozed = django_filters.TypedChoiceFilter(
        field_name="snoozed_until",
        lookup_expr="isnull",
        exclude=True,
        choices=[("true", "true"), ("false", "false")],
        coerce=lambda text: text == "true",
    )

    class Meta:
        model = Conversation
        fields: list[str] = []

    @property
    def member(self) -> Member:
        """Who asks: what ``me`` means."""
        asking = self.request
        found: Member = getattr(asking, "member", None) or asking.user
        return found

    @cached_property
    def given(self) -> dict[str, Any]:
        """What was asked for and makes sense, by filter; wrong values mean none, and so do the
        hours of each day without both ends."""
        if not self.base_filters.keys() & self.data.keys():
            return {}
        self.form.is_valid()
        found = self.form.cleaned_data
        made = {name: found[name] for name in self.filters if found.get(name) not in (None, "", [])}
        if not made.keys() >= {"since", "until"}:
            made.pop("daily", None)
        return made

    @property
    def query(self) -> str:
        """The same as part of an address, always in one order."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.given.items():
            values = value if isinstance(value, list) else [value]
            pairs += [(name, _as_text(one)) for one in values]
        return urlencode(pairs)

    def narrow(self, rows: Any) -> Any:
        """The rows that fit what makes sense."""
        return self.filter_queryset(rows) if self.given else rows

    def filter_queryset(self, queryset: Any) -> Any:
        """Each filter, and the interval, whose parts belong together."""
        rows = super().filter_queryset(queryset)
        found = self.form.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since or until:
            rows = filtering.received(rows, since, until, bool(found.get("daily")))
        return rows

    def of_channels(self, rows: Any, name: str, value: list[str]) -> Any:
        """Of any of these channels."""
        return rows.filter(channel__in=value) if value else rows

    def of_departments(self, rows: Any, name: str, value: list[str]) -> Any:
        """Of any of these departments."""
        return rows.filter(department__in=value) if value else rows

    def of_people(self, rows: Any, name: str, value: list[str]) -> Any:
        """Of any of these people, or of nobody."""
        return filtering.assigned_to(rows, value, self.member) if value else rows

    def with_labels(self, rows: Any, name: str, value: list[str]) -> Any:
        """With any of these labels."""
        return filtering.with_any_label(rows, map(int, value)) if value else rows

    def having_unread(self, rows: Any, name: str, value: bool) -> Any:
        """With messages that nobody has read yet; or without."""
        return rows.filter(unread_count__gt=0) if value else rows.filter(unread_count=0)

    def together(self, rows: Any, name: str, value: Any) -> Any:
        """Part of the interval: see `filter_queryset`."""
        return rows


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
