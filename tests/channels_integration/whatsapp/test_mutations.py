"""Whatever is done to a payload: a list or `Unparsable` comes out, soon."""

from __future__ import annotations

import contextlib
import copy
import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import Unparsable
from tests.channels_integration.whatsapp.samples import NAMES, a_channel, body_of

adapter = WhatsAppAdapter()
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
            assert isinstance(adapter.parse(each, a_channel()), list)


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


@pytest.mark.parametrize("name", NAMES)
def test_any_value_may_be_anything(name: str) -> None:
    original = json.loads(body_of(name))
    count = len(list(places(original)))
    for index in range(count):
        for strange in STRANGE:
            payload = copy.deepcopy(original)
            container, key = list(places(payload))[index]
            container[key] = strange
            survive(json.dumps(payload).encode())


@pytest.mark.parametrize("name", NAMES)
def test_any_key_may_be_missing_or_misnamed(name: str) -> None:
    original = json.loads(body_of(name))
    for index in range(len(list(places(original)))):
        payload = copy.deepcopy(original)
        container, key = list(places(payload))[index]
        value = container.pop(key)
        survive(json.dumps(payload).encode())
        if isinstance(container, dict):
            container["\ufeffother"] = value
            survive(json.dumps(payload).encode())


@pytest.mark.parametrize("name", NAMES)
def test_bytes_may_be_cut_or_flipped(name: str) -> None:
    body, dice = body_of(name), random.Random(name)
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
