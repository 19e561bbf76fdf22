"""Two who do the same at once: one waits for the other, and then sees what he did."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.db import connection

from helpdesk.errors import Refused
from inbox import actions
from tests.people import World


def test_the_loser_of_a_race_is_told_by_whom_it_was_taken(committed_world: World) -> None:
    acme = committed_world.acme
    conversation = acme.conversation(acme.hears())
    held = Event()

    def win() -> None:
        with acme.acting("sari"):
            actions.accept(conversation, by=acme.sari)
            held.set()
            wait_for_a_waiting_lock()
        connection.close()

    def lose() -> str:
        held.wait(5)
        try:
            with acme.acting("budi"):
                actions.accept(conversation, by=acme.budi)
        except Refused as refused:
            return str(refused.facts["by_name"])
        finally:
            connection.close()
        return "nobody"

    with ThreadPoolExecutor(2) as pool:
        winner, loser = pool.submit(win), pool.submit(lose)
        winner.result(10)
        assert loser.result(10) == "Sari"


def wait_for_a_waiting_lock() -> None:
    """Until another transaction waits for what this one holds."""
    deadline = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waits")
