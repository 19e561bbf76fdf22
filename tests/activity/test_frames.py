"""Frames of a batch: each stands alone."""

from __future__ import annotations

import pytest

from activity.live import render
from activity.models import LedgerEntry


def test_what_cannot_be_shown_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """One message that breaks its template, and the feed of the whole company goes on."""

    def renderer(entries: list[LedgerEntry]) -> render.Content:
        return {entry.seq: {"half": 10 // entry.facts["n"]} for entry in entries}

    monkeypatch.setitem(render.renderers, "tests.divided", renderer)
    batch = [
        LedgerEntry(seq=seq, name="tests.divided", facts={"n": n}, audience=["w"], lost=[])
        for seq, n in ((1, 2), (2, 0), (3, 5))
    ]
    prepared = render.prepare(batch, ["en", "id"])
    assert [one.seq for one in prepared] == [1, 2, 3]
    assert [bool(one.frames) for one in prepared] == [True, False, True]
    assert prepared[1].frame_for(frozenset({"w"}), "en") is None
