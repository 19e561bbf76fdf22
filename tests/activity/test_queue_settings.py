"""What makes a kill harmless: the settings of Celery on Valkey, each answering a loss."""

from __future__ import annotations

import pytest
from celery import current_app
from django.conf import settings

from activity import due

PINNED = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_ignore_result": True,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_publish_retry": False,
    "task_always_eager": False,
    "worker_hijack_root_logger": False,
}
TRANSPORT = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}


@pytest.mark.parametrize("name", PINNED)
def test_a_setting_that_was_seen_to_lose_work_stays_as_it_is(name: str) -> None:
    assert getattr(current_app.conf, name) == PINNED[name]


def test_an_unacknowledged_task_comes_back_within_two_minutes() -> None:
    options = current_app.conf.broker_transport_options
    assert {name: options[name] for name in TRANSPORT} == TRANSPORT
    limit = current_app.conf.task_time_limit
    assert current_app.conf.task_soft_time_limit < limit < options["visibility_timeout"]


def test_the_beat_rings_for_every_kind_of_due_work() -> None:
    current_app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"activity.ring_due", "activity.sweep"} <= scheduled
    assert set(due.kinds) == {
        "accounts.mail_invitations",
        "inbox.fetch_attachments",
        "inbox.mail_calls",
        "inbox.run_batches",
        "inbox.process_inbound",
        "inbox.send_outgoing",
        "inbox.wake_snoozed",
    }
    assert {*scheduled, *due.kinds} <= set(current_app.tasks)
