"""Celery doors of the inbox. The drains take turns (see `helpdesk.turns`); those that wait
for providers run in the ``outside`` queue, whose workers have many threads."""

from __future__ import annotations

import logging
import smtplib

from celery import shared_task

from helpdesk.doorbells import answered, ring
from helpdesk.places import Places
from helpdesk.tenancy import acting_in
from inbox import actions, queries
from inbox.channels import DeliveryFailed, Template, adapter_for
from inbox.drains import batching
from inbox.drains.fetching import fetching
from inbox.drains.reading import read_all
from inbox.drains.sending import sending
from inbox.letters import letter_of, send_letter
from inbox.models import AttentionMail

log = logging.getLogger("helpdesk.inbox")
# What is no drain has no turn: of these no more at once, so that a slow provider of one
# workspace leaves places for everybody else. More than that is dropped.
signals, syncs = Places(4), Places(2)


@shared_task(name="inbox.process_inbound")
def process_inbound(workspace_id: int) -> None:
    """Read what providers posted."""
    answered("inbox.process_inbound", workspace_id)
    if not read_all(workspace_id):
        ring("inbox.process_inbound", workspace_id)


@shared_task(name="inbox.send_outgoing")
def send_outgoing(workspace_id: int) -> None:
    """Send what is due."""
    answered("inbox.send_outgoing", workspace_id)
    sending.run(workspace_id)


@shared_task(name="inbox.fetch_attachments")
def fetch_attachments(workspace_id: int) -> None:
    """Fetch files of customers."""
    answered("inbox.fetch_attachments", workspace_id)
    fetching.run(workspace_id)


@shared_task(name="inbox.mail_calls")
def mail_calls(workspace_id: int) -> None:
    """Mail members about what has waited for them: gather, mail outside any unit, record."""
    answered("inbox.mail_calls", workspace_id)
    with acting_in(workspace_id):
        actions.gather_calls()
    with acting_in(workspace_id):
        claimed = actions.claim_call_mails()
    for mail in claimed:
        record = actions.call_mail_sent if _is_mailed(mail) else actions.call_mail_failed
        with acting_in(workspace_id):
            record(mail)


def _is_mailed(mail: AttentionMail) -> bool:
    """Whether the mail server took it, or there is nothing to say. Whatever goes wrong with one
    concerns this one alone."""
    try:
        with acting_in(mail.workspace_id):
            letter = letter_of(mail)
        if letter:
            send_letter(letter)
    except (OSError, smtplib.SMTPException):
        return False
    except Exception:
        log.exception("mail", extra={"fields": {"mail": mail.pk}})
        return False
    return True


@shared_task(name="inbox.wake_snoozed")
def wake_snoozed(workspace_id: int) -> None:
    """Bring back conversations whose time has come, some in each unit; what a long morning
    leaves is rung for again by the beat."""
    answered("inbox.wake_snoozed", workspace_id)
    for _unit in range(20):
        with acting_in(workspace_id):
            if not actions.wake_due():
                break


@shared_task(name="inbox.run_batches")
def run_batches(workspace_id: int) -> None:
    """Do what was asked for of many conversations, some of them at a time, so that others get
    at the conversations in between, and that it can be cancelled."""
    answered("inbox.run_batches", workspace_id)
    if not batching.run_all(workspace_id):
        ring("inbox.run_batches", workspace_id)


@shared_task(name="inbox.send_signal")
def send_signal(workspace_id: int, conversation_id: int, typing: bool) -> None:
    """Tell the customer that his last message was read, or that we are typing. Best effort:
    a signal that is late or fails is of no use to anybody."""
    with acting_in(workspace_id):
        last = queries.last_incoming(conversation_id)
    if last is None or not signals.take(workspace_id):
        return
    try:
        adapter_for(last.channel.kind).signal(str(last.external_id), last.channel, typing=typing)
    except DeliveryFailed as failure:
        log.info("signal", extra={"fields": {"code": failure.code}})
    finally:
        signals.give_back(workspace_id)


@shared_task(name="inbox.sync_templates")
def sync_templates(workspace_id: int, channel_id: int) -> None:
    """Fetch the templates of a channel."""
    with acting_in(workspace_id):
        channel = queries.channel_of(channel_id)
    if channel is None or not syncs.take(workspace_id):
        return
    try:
        found: list[Template] = adapter_for(channel.kind).templates(channel)
    except DeliveryFailed as failure:
        log.info("templates", extra={"fields": {"code": failure.code}})
        return
    finally:
        syncs.give_back(workspace_id)
    with acting_in(workspace_id):
        actions.store_templates(channel, found)
