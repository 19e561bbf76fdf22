"""Whatever is done to a payload: a list or `Unparsable` comes out, soon."""

from __future__ import annotations

import contextlib
import copy
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import IncomingMessage, Unparsable, Update
from tests.channels_integration.whatsapp.samples import NAMES, a_channel, body_of

adapter = WhatsAppAdapter()
CHANNEL = a_channel(groups=True)
SECONDS = 0.05
STRANGE: list[Any] = [
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x" * 100_000,
    "\x00",
    "\ud800",
    "‮💥\u0301" * 50,
    [],
    {},
    [[]],
    [None],
    {"": None},
    {"id": {"id": []}},
]


def change(field: str, **value: Any) -> dict[str, Any]:
    return {"field": field, "value": {"metadata": {}, **value}}


# What no sample shows: news of the account, and a batch of everything that is no message.
HERE = {"phone_number_id": "880000000000001"}
EXTRA: dict[str, Any] = {
    "news": [
        change(
            "account_update",
            event="ACCOUNT_RESTRICTION",
            restriction_info=[{"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION"}],
        ),
        change("account_update", event="DISABLED_UPDATE", ban_info={"waba_ban_state": "DISABLE"}),
        change("account_alerts", alert_info={"alert_type": "X"}),
        change("phone_number_quality_update", event="FLAGGED", display_phone_number="1"),
        change(
            "message_template_status_update",
            event="PAUSED",
            message_template_id=1,
            message_template_name="n",
            other_info={"description": "d"},
        ),
    ],
    "batch": [
        {
            "field": "smb_message_echoes",
            "value": {
                "metadata": HERE,
                "message_echoes": [
                    {
                        "id": "wamid.1",
                        "to": "12025550142",
                        "timestamp": "1793500000",
                        "type": "reaction",
                        "group_id": "G",
                        "reaction": {"message_id": "wamid.0", "emoji": "x"},
                    },
                    {
                        "id": "wamid.2",
                        "to_user_id": "US.1",
                        "timestamp": 1793500000,
                        "type": "document",
                        "document": {"id": "1", "filename": "a", "sha256": "b", "file_size": 5},
                        "context": {"referred_product": {"catalog_id": "1"}},
                    },
                ],
            },
        },
        {
            "field": "messages",
            "value": {
                "metadata": HERE,
                "contacts": [{"profile": {"username": "u"}, "user_id": "US.1"}],
                "errors": [{"code": 131000}],
                "messages": [
                    {
                        "id": "wamid.3",
                        "from_user_id": "US.1",
                        "timestamp": "1793500000",
                        "type": "contacts",
                        "contacts": [
                            {
                                "vcard": "FN:x\nTEL:+1234567",
                                "origin": "contact_request",
                                "addresses": [{"city": "x"}],
                            }
                        ],
                    },
                    {
                        "id": "wamid.4",
                        "from": "12025550142",
                        "timestamp": "1793500000",
                        "type": "system",
                        "system": {"type": "user_changed_user_id", "user_id": "US.2", "body": "x"},
                    },
                ],
                "statuses": [{"id": "wamid.5", "status": "read", "timestamp": "1793500000"}],
            },
        },
    ],
}
EVERYTHING = [*NAMES, *EXTRA]


def whole(name: str) -> bytes:
    """The body of a sample, or of one that is made up here."""
    if name in NAMES:
        return body_of(name)
    entry = {"id": "990000000000001", "time": 1793500000, "changes": EXTRA[name]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


@pytest.mark.parametrize("name", EXTRA)
def test_what_is_made_up_here_says_something(name: str) -> None:
    found = [u for part in adapter.split(whole(name)) for u in adapter.parse(part.body, CHANNEL)]
    assert len(found) == 5


def survive(body: bytes) -> None:
    """Split and parse as the product does, and as if it were stored already.

    CPU time counts, and a slow try is repeated: the machine may have been busy.
    """
    for _try in range(3):
        began = time.thread_time()
        read(body)
        if time.thread_time() - began < SECONDS:
            return
    pytest.fail(f"{len(body)} bytes take longer than {SECONDS} s")


def read(body: bytes) -> None:
    bodies = [body]
    with contextlib.suppress(Unparsable):
        bodies += [part.body for part in adapter.split(body)]
    for each in bodies:
        with contextlib.suppress(Unparsable):
            for update in adapter.parse(each, CHANNEL):
                check(update)


def check(update: Update) -> None:
    """The database takes it: no NUL, no half characters, no number that is none, no id that
    is too long for an index."""
    written = json.dumps(asdict(update), ensure_ascii=False, allow_nan=False, default=str)
    assert "\\u0000" not in written
    written.encode()
    assert len(getattr(update, "external_id", "")) <= 512
    if isinstance(update, IncomingMessage):
        assert update.external_id
        assert update.sender.keys
        keys = [*update.sender.keys, *([update.room.key] if update.room else [])]
        assert all(0 < len(key.value) <= 160 and len(key.scope) <= 160 for key in keys)
        assert len(update.sender.name) <= 200
        assert all(len(file.name) <= 255 and file.remote_id for file in update.files)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) in a JSON value."""
    keys: Any = ()
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = range(len(value))
    for key in keys:
        yield value, key
        yield from places(value[key])


@pytest.mark.parametrize("name", EVERYTHING)
def test_any_value_may_be_anything(name: str) -> None:
    payload = json.loads(whole(name))
    for container, key in list(places(payload)):
        kept = container[key]
        for strange in STRANGE:
            container[key] = strange
            survive(json.dumps(payload).encode())
        container[key] = kept


@pytest.mark.parametrize("name", EVERYTHING)
def test_any_key_may_be_missing_or_misnamed(name: str) -> None:
    original = json.loads(whole(name))
    for index in range(len(list(places(original)))):
        payload = copy.deepcopy(original)
        container, key = list(places(payload))[index]
        value = container.pop(key)
        survive(json.dumps(payload).encode())
        if isinstance(container, dict):
            container["\ufeffother"] = value
            survive(json.dumps(payload).encode())


@pytest.mark.parametrize("name", EVERYTHING)
def test_bytes_may_be_cut_or_flipped(name: str) -> None:
    body, dice = whole(name), random.Random(name)
    for _time in range(150):
        survive(body[: dice.randrange(len(body))])
        broken = bytearray(body)
        for _flip in range(dice.randrange(1, 6)):
            broken[dice.randrange(len(body))] = dice.randrange(256)
        survive(bytes(broken))


BOMBS: dict[str, Callable[[], bytes]] = {
    "lists": lambda: b"[" * 1_000_000,
    "objects": lambda: b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
    "inside": lambda: body_of("01_text.json").replace(
        b'"id":', b'"deep":' + b"[" * 50_000 + b"]" * 50_000 + b',"id":', 1
    ),
    "fairly deep": lambda: json.dumps({"a": 1}).encode().replace(b"1", b"[" * 500 + b"]" * 500),
    "twice": lambda: b'{"object":"x","object":"whatsapp_business_account","entry":[]}',
    "digits": lambda: b'{"entry":' + b"9" * 100_000 + b"}",
    "infinity": lambda: b'{"object":"whatsapp_business_account","entry":[1e999]}',
    "nan": lambda: b'{"object":"whatsapp_business_account","entry":[NaN]}',
    "utf-16": lambda: body_of("01_text.json").decode().encode("utf-16"),
    "bom": lambda: b"\xef\xbb\xbf" + body_of("01_text.json"),
    "empty": lambda: b"",
    "null": lambda: b"null",
    "many": lambda: b'{"object":"whatsapp_business_account","entry":[' + b"1," * 9_000 + b"1]}",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_parked(name: str) -> None:
    body = BOMBS[name]()
    survive(body)
    with pytest.raises(Unparsable):
        adapter.split(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


DEEP = {"deep": json.loads("[" * 30 + "]" * 30)}


@pytest.mark.parametrize("name", EVERYTHING)
def test_anything_may_come_on_top_or_twice(name: str) -> None:
    body = whole(name)
    payload = json.loads(body)
    for container, key in list(places(payload)):
        if isinstance(container, dict):
            container["on_top"] = DEEP
        elif len(container) < 8:
            container.append(copy.deepcopy(container[key]))
    survive(json.dumps(payload).encode())
    text = body.decode()
    for cut in range(0, len(text), 97):
        survive(f"{text[:cut]}\\u0000{text[cut:]}".encode())
        survive(f"{text[:cut]}\\ud83d{text[cut:]}".encode())


@given(value=JSON)
@settings(max_examples=200, deadline=None)
def test_a_change_may_hold_any_json(value: Any) -> None:
    payload = {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": "990000000000001",
                "changes": [
                    {
                        "field": "messages",
                        "value": {
                            "metadata": {"phone_number_id": "880000000000001"},
                            "messages": [value],
                            "contacts": [value],
                        },
                    },
                    {
                        "field": "messages",
                        "value": {
                            "metadata": {"phone_number_id": "880000000000001"},
                            "statuses": [value],
                        },
                    },
                ],
            }
        ],
    }
    survive(json.dumps(payload).encode())
