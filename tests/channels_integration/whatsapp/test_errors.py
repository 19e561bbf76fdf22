"""Every error code of the provider, and what follows from it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from channels_integration.whatsapp import answers
from channels_integration.whatsapp.errors import MEANINGS, explain
from helpdesk.egress import Answer

CLASSES = {
    "channel": [
        *(0, 190, 3, 10, *range(200, 300), 131005, 131045, 133010),
        *(368, 131031, 131042, 131044, 131048, 131064),
    ],
    "wait": [4, 17, 32, 613, 80007, 130429, 131056, 133016, 131057],
    "retry": [2, 131000, 131001, 131002, 131016],
    "message": [
        *(131047, 131008, 131009, 100, 131051, 131052, 131053, 131037, 131062, 131063),
        *(132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068),
        *(132069, 137000),
    ],
    # 130497 is about one country: everybody elsewhere can still be written to.
    "recipient": [131026, 131021, 131030, 130472, 131049, 131050, 130497],
}
ROWS = [(kind, code) for kind, codes in CLASSES.items() for code in codes]


def answer(code: Any, status: int = 400, **headers: str) -> Answer:
    body = json.dumps({"error": {"code": code}}).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, named, body, "")


@pytest.mark.parametrize(("kind", "code"), ROWS)
def test_a_code_has_its_class(kind: str, code: int) -> None:
    found = answers.failure(answer(code))
    assert (found.kind, found.code) == (kind, str(code))
    assert found.message
    assert explain(code).kind == kind
    assert explain(str(code)).kind == kind


def test_no_code_is_without_a_class_in_this_table() -> None:
    assert set(MEANINGS) == {code for _kind, code in ROWS}


def test_only_what_concerns_everybody_holds_the_channel() -> None:
    held = {code for code in CLASSES["wait"] if answers.failure(answer(code)).whole_channel}
    assert held == set(CLASSES["wait"]) - {131056}
    assert answers.failure(Answer(429, {}, b"slow", "")).whole_channel
    assert answers.failure(answer(987654, 429)).whole_channel


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 4), (2, 16), (3, 64), (4, 256), (5, 1024), (6, 3600), (30, 3600)]
)
def test_too_many_to_one_person_waits_four_times_longer_each_time(
    attempt: int, seconds: int
) -> None:
    found = answers.failure(answer(131056), attempt)
    assert (found.kind, found.wait_seconds, found.whole_channel) == ("wait", seconds, False)


def test_throughput_waits_longer_each_time_but_never_for_long() -> None:
    waits = [answers.failure(answer(130429), attempt).wait_seconds for attempt in (1, 2, 3, 30)]
    assert waits == [5, 10, 20, 3600]


def test_the_provider_may_ask_for_more_patience_than_we_have() -> None:
    assert answers.failure(answer(131056, Retry_After="90")).wait_seconds == 90
    assert answers.failure(answer(131056, Retry_After="1"), 3).wait_seconds == 64
    usage = json.dumps({"99": [{"estimated_time_to_regain_access": 7}]})
    found = answers.failure(answer(4, X_Business_Use_Case_Usage=usage))
    assert found.wait_seconds == 420
    assert answers.failure(answer(4, Retry_After="999999")).wait_seconds == 6 * 3600
    assert answers.failure(Answer(429, {"Retry-After": "90"}, b"", "")).wait_seconds == 90


@pytest.mark.parametrize("code", [None, "x", [], {}, True, 1.5, 10**30, "9" * 50, -1])
def test_a_code_that_is_none_concerns_this_message_only(code: Any) -> None:
    assert explain(code).kind == "message"
