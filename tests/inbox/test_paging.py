"""Threads in pages: every message once, also of the same second."""

from __future__ import annotations

import time

from inbox import queries
from inbox.tasks import process_inbound
from tests.people import World


def test_pages_of_a_thread_meet_without_gap_or_repetition(world: World) -> None:
    acme, now = world.acme, int(time.time())
    for n in range(12):
        acme.posts(acme.payload(f"pesan {n}", at=now - n // 4))
    process_inbound(acme.id)
    conversation = acme.conversation(1)
    with acme.acting():
        everything = [m.pk for m in queries.thread(conversation, limit=100)]
        paged: list[int] = []
        while page := queries.thread(conversation, limit=5, before=paged[0] if paged else 0):
            paged = [m.pk for m in page] + paged
    assert paged == everything
    assert len(set(paged)) == 13
