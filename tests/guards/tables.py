"""The tenant tables as models and as PostgreSQL knows them, and a full company to try on."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection, models

from accounts import actions as accounts
from accounts.actions.keys import begin
from accounts.actors import SYSTEM
from accounts.models import Supervision
from helpdesk.tenancy.models import WorkspaceOwned
from inbox import actions as inbox
from inbox.actions.drafting import Page, Words
from inbox.models import Attachment, AttentionMail, AttentionReading, Mention, MessageTemplate
from tests.people import Company

# Without `WorkspaceOwned`: why, and by what it is held.
OTHERWISE: dict[str, str] = {
    "accounts.Workspace": "the tenant itself; its policy is on its own id",
    "activity.FeedCounter": "one row per workspace, written by SQL; under its own policy",
    "inbox.NumberCounter": "one row per workspace, written by SQL; under its own policy",
    "contacts.ContactSearch": "a view that filters by the setting",
    "inbox.MessageSearch": "a view that filters by the setting",
}
GLOBAL: dict[str, str] = {
    "accounts.User": "a person may work in several workspaces",
    "inbox.StrayPayload": "signed for an account that no workspace has",
    "account.EmailAddress": "allauth: of a person",
    "account.EmailConfirmation": "allauth: of a person",
    "mfa.Authenticator": "allauth: of a person",
    "usersessions.UserSession": "allauth: of a person",
    "sessions.Session": "of a person",
    "auth.Permission": "Django's own, unused",
    "auth.Group": "Django's own, unused",
    "contenttypes.ContentType": "Django's own",
}


@cache
def owned_models() -> list[Any]:
    """Every `WorkspaceOwned` model."""
    return [model for model in apps.get_models() if issubclass(model, WorkspaceOwned)]


@cache
def tenant_tables() -> list[str]:
    """Every table with a policy of a workspace, the tenant itself included."""
    tables = [model._meta.db_table for model in owned_models()]
    return [*tables, "accounts_workspace", "activity_feedcounter", "inbox_numbercounter"]


def references() -> list[tuple[Any, models.ForeignKey]]:
    """Every reference from one tenant table to another."""
    return [
        (model, field)
        for model in owned_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.name != "workspace"
        and issubclass(field.related_model, WorkspaceOwned)  # type: ignore[arg-type]
    ]


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What the app's login gets."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def owner_rows(sql: str) -> list[tuple[Any, ...]]:
    """What the owner sees, past every policy; committed rows only."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as owner:
        return list(owner.execute(sql))  # type: ignore[arg-type]


def furnish(company: Company) -> None:
    """A row of every tenant table."""
    company.hears("Halo dari " + company.workspace.slug)
    assert company.posts(b"[not json").status_code == 200
    with company.acting("owner"):
        owner = company.owner
        accounts.create_token(by=owner, name="program")
        accounts.invite(by=owner, email=f"new@{company.workspace.slug}.example", role="agent")
        begin(owner, "key", hashlib.sha256(b"").hexdigest())
        others = [name for name in company.people if name != "owner"]
        Supervision.objects.create(supervisor=owner, agent=company.people[others[0]])
    number = company.hears("lagi")
    conversation = company.conversation(number)
    with company.acting("owner"):
        inbox.accept(conversation, by=company.owner)
        inbox.send_reply(conversation, by=company.owner, text="Baik")
        inbox.start_batch(by=owner, operation="release", items=[(conversation.number, "")])
        inbox.accept(conversation, by=owner)
        inbox.save_view(by=owner, name="Retur", query="view=all")
        inbox.save_quick_reply(by=owner, shortcut="salam", title="Salam", text="Halo", is_own=False)
        label = inbox.create_label(by=owner, name="Keluhan", hue=2)
        inbox.set_labels(conversation, by=owner, labels=[label])
        note = inbox.add_note(conversation, by=SYSTEM, text="catatan")
        inbox.save_draft(
            conversation, by=company.owner, kind="note", words=Words("draf"), page=Page(0, "p", 1)
        )
        Mention.objects.create(message=note, conversation=conversation, member=company.owner)
        Attachment.objects.create(
            conversation=conversation, kind="image", name="a.png", uploaded_by=company.owner
        )
        AttentionReading.objects.create(seq=1)
        AttentionMail.objects.create(member=company.owner, items=[])
        MessageTemplate.objects.create(
            channel=company.channel, external_id="1", name="sapa", language="id"
        )


def digest(company: Company) -> str:
    """All rows of a company as one number: equal before and after means unchanged."""
    found = hashlib.sha256()
    with company.acting():
        for table in tenant_tables():
            for (row,) in rows(f'select t::text from "{table}" t order by 1'):
                found.update(row.encode())
    return found.hexdigest()
