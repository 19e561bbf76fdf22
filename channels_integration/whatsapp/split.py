"""Cuts one POST into parts: one for each change, addressed to its phone number."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp.envelope import NOT_WHATSAPP, OBJECT, account_of
from channels_integration.whatsapp.parse import Reader, item_readers
from channels_integration.whatsapp.payload import dump, load, obj
from inbox.channels import Part, Unparsable

LISTS = ("messages", "statuses", "message_echoes")
MOST_PARTS = 4000  # entries and changes; the provider sends up to 1,000 updates at once
TOO_MANY = _("There are more changes than one notification can hold.")


def parts_of(body: bytes) -> list[Part]:
    """The parts of a POST.

    A change that names no phone number (a template's review, an account's alert, or one
    that is broken) has the account '': it belongs to the channel at whose door it came.
    Only a broken envelope raises, so one bad change never holds back the others; nor does a
    bad message or status in a batch: what can't be read gets a part of its own, to be
    parked there.
    """
    payload = load(body)
    entries = payload.get("entry")
    if payload.get("object") != OBJECT or not isinstance(entries, list):
        raise Unparsable(NOT_WHATSAPP)
    if len(entries) + sum(len(_changes(entry)) for entry in entries) > MOST_PARTS:
        raise Unparsable(TOO_MANY)
    return [part for entry in entries for part in _parts_of_entry(entry)]


def _changes(entry: Any) -> list[Any]:
    changes = entry.get("changes") if isinstance(entry, dict) else None
    return changes if isinstance(changes, list) else []


def _parts_of_entry(entry: Any) -> list[Part]:
    changes = _changes(entry)
    if not changes:
        return [Part("", dump({"object": OBJECT, "entry": [entry]}))]
    return [
        Part(account_of(one), dump({"object": OBJECT, "entry": [_entry(entry, one)]}))
        for change in changes
        for one in _sound_and_broken(change)
    ]


def _entry(entry: dict[str, Any], change: Any) -> dict[str, Any]:
    """An entry of one change. Its time is that of the delivery, which is another when it is
    delivered again: only news that tell no time of their own need it, lest the same news
    of another day be taken for a repetition."""
    alone = {"id": entry.get("id"), "changes": [change]}
    if any(_items(change).values()) or "time" not in entry:
        return alone
    return {**alone, "time": entry["time"]}


def _items(change: Any) -> dict[str, list[Any]]:
    """The lists of messages and statuses in a change."""
    value = change.get("value") if isinstance(change, dict) else None
    found = {key: value.get(key) for key in LISTS} if isinstance(value, dict) else {}
    return {key: items for key, items in found.items() if isinstance(items, list)}


def _sound_and_broken(change: Any) -> list[Any]:
    """The change itself or, where only some of its items can be read, two of it."""
    lists = _items(change)
    if sum(map(len, lists.values())) < 2:
        return [change]
    readers = item_readers(change, "", {"groups": True})
    sound: dict[str, list[Any]] = {}
    broken: dict[str, list[Any]] = {}
    for key, items in lists.items():
        for item in items:
            half = sound if key not in readers or _reads(item, readers[key]) else broken
            half.setdefault(key, []).append(item)
    if not sound or not broken:
        return [change]
    rest = {key: item for key, item in change["value"].items() if key not in lists}
    return [{**change, "value": {**rest, **half}} for half in (sound, broken)]


def _reads(item: Any, read: Reader) -> bool:
    try:
        read(obj(item))
    except Unparsable:
        return False
    return item is not None
