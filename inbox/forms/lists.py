"""What the pages may ask for: which rows, which messages, which tab."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from inbox.forms.filters import ConversationFilter, KeysField
from inbox.queries import VIEWS
from inbox.queries.lists import everything

TABS = ("media", "files", "links")


class ListForm(forms.Form):
    """Which rows: the tab, the search, and below which row to go on. Wrong values mean none."""

    view = forms.ChoiceField(choices=[(view, view) for view in VIEWS], required=False)
    q = forms.CharField(max_length=200, required=False)
    before_at = forms.DateTimeField(required=False)
    before_id = forms.IntegerField(required=False)

    def wish(self) -> dict[str, Any]:
        """The valid ones among them, as `inbox_list` takes them."""
        self.is_valid()
        found = self.cleaned_data
        at, pk = found.get("before_at"), found.get("before_id")
        return {
            "view": found.get("view") or "queue",
            "q": found.get("q") or "",
            "before": (at, pk) if at and pk else None,
        }


def asked_for(data: QueryDict, request: Any) -> str:
    """What makes sense of an address' query, always in one order; for keeping it."""
    wish = _wish(data, request)
    own = urlencode({"view": wish["view"], **({"q": wish["q"]} if wish["q"] else {})})
    return "&".join(part for part in (own, wish["filter"].query) if part)


def kept_listing(query: str, request: Any) -> dict[str, Any]:
    """The list of a saved view, for whoever asks."""
    return _wish(QueryDict(query), request)


def listing(request: Any) -> dict[str, Any]:
    """The list that an address describes: tab, search, filter, and where to go on. A state that
    is filtered for takes the place of the tab."""
    return _wish(request.GET, request)


def _wish(data: QueryDict, request: Any) -> dict[str, Any]:
    wish = ListForm(data).wish()
    found = ConversationFilter(data, request=request)
    if found.given.get("status"):
        wish["view"] = "all"
    return {**wish, "filter": found}


def found_by(wish: dict[str, Any]) -> dict[str, Any]:
    """What `inbox_list` takes, out of what an address asked for."""
    found = wish["filter"]
    return {
        "view": wish["view"],
        "q": wish["q"],
        "before": wish["before"],
        "narrow": found.narrow if found.given else everything,
        "statuses": found.given.get("status", ()),
    }


class AmongForm(forms.Form):
    """Ids of conversations."""

    id = KeysField(required=False)

    def ids(self) -> list[int]:
        """Those that make sense."""
        return [int(pk) for pk in self.cleaned_data["id"]] if self.is_valid() else []


class BeforeForm(forms.Form):
    """Below which message of a thread to stop; a wrong value means its end."""

    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def message(self) -> int:
        """The id, or 0."""
        self.is_valid()
        return self.cleaned_data.get("before") or 0


class TabForm(forms.Form):
    """The tab of a conversation's attachments."""

    tab = forms.ChoiceField(choices=[(tab, tab) for tab in TABS], required=False)

    def wish(self) -> str:
        """The tab; a wrong one means the first."""
        self.is_valid()
        return self.cleaned_data.get("tab") or TABS[0]
