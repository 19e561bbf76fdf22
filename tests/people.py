"""Two companies that must never meet: acme with every role, and globex with a stranger."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts import actions as accounts
from accounts.actors import SYSTEM
from accounts.models import Department, DepartmentMember, Member, Role, Supervision, User, Workspace
from helpdesk.tenancy import acting_in
from inbox import actions as inbox
from inbox.models import Channel, Conversation, Message
from inbox.tasks import process_inbound

PASSWORD = "correct-horse-battery-42"
_ids = itertools.count(1)


@cache
def hashed() -> str:
    """The password's hash, made once: hashing is slow on purpose."""
    return make_password(PASSWORD)


def user(email: str, name: str) -> User:
    """A person who can sign in with `PASSWORD`."""
    return User.objects.create(email=email, name=name, password=hashed())


@dataclass
class Company:
    """A workspace with its people (by short name), departments and a WhatsApp channel."""

    workspace: Workspace
    people: dict[str, Member] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    channel: Channel = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Member:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    @property
    def id(self) -> int:
        return self.workspace.pk

    @property
    def url(self) -> str:
        return f"/w/{self.workspace.slug}"

    def acting(self, who: str = "") -> Any:
        """The unit of work of this company."""
        return acting_in(self.id, by=self.people.get(who))

    def hears(self, text: str = "Halo", phone: str = "6281355500001", name: str = "Rahmat") -> int:
        """A customer's signed message, posted and processed; the conversation's number."""
        assert self.posts(self.payload(text, phone, name)).status_code == 200
        process_inbound(self.id)
        with self.acting():
            latest = Message.objects.filter(direction="in").latest("id")
            return latest.conversation.number

    def posts(self, body: bytes, secret: str = "", path: str = "") -> Any:
        """POST to the webhook as the provider does."""
        signature = hmac.new((secret or self.secret).encode(), body, hashlib.sha256).hexdigest()
        return Client().post(
            path or self.webhook,
            data=body,
            content_type="application/json",
            headers={"X-Hub-Signature-256": f"sha256={signature}"},
        )

    @property
    def webhook(self) -> str:
        return f"/hooks/whatsapp/{self.channel.token}"

    @property
    def secret(self) -> str:
        return f"secret-of-{self.workspace.slug}"

    def payload(
        self,
        text: str,
        phone: str = "6281355500001",
        name: str = "Rahmat",
        wamid: str = "",
        at: int = 0,
    ) -> bytes:
        """A text message as WhatsApp sends it."""
        message = {
            "from": phone,
            "id": wamid or f"wamid.{next(_ids)}.{time.time_ns()}",
            "timestamp": str(at or int(time.time())),
            "type": "text",
            "text": {"body": text},
        }
        contacts = [{"profile": {"name": name}, "wa_id": phone}]
        return self.envelope({"contacts": contacts, "messages": [message]})

    def status(self, wamid: str, status: str, ref: str = "", **more: Any) -> bytes:
        """A status of a message that we sent."""
        row = {"id": wamid, "status": status, "timestamp": str(int(time.time())), **more}
        row |= {"recipient_id": "6281355500001", "biz_opaque_callback_data": ref}
        return self.envelope({"statuses": [row]})

    def envelope(self, value: dict[str, Any]) -> bytes:
        account = self.channel.account_id
        metadata = {"display_phone_number": "628", "phone_number_id": account}
        value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
        entry = {"id": "99", "changes": [{"value": value, "field": "messages"}]}
        return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()

    def conversation(self, number: int) -> Conversation:
        with self.acting():
            return Conversation.objects.select_related("channel", "contact", "assignee").get(
                number=number
            )

    def taken(self, who: str = "sari") -> Conversation:
        """A conversation that this member has accepted."""
        row = self.conversation(self.hears())
        with self.acting(who):
            inbox.accept(row, by=self.people[who])
        return self.conversation(row.number)

    def messages(self, number: int) -> list[Message]:
        with self.acting():
            found = Message.objects.filter(conversation__number=number)
            return list(found.order_by("sent_at", "id"))


@dataclass
class World:
    """Both companies."""

    acme: Company
    globex: Company


def found(slug: str, *others: tuple[str, str], departments: tuple[str, ...] = ()) -> Company:
    """A company with its owner, further people (name, role) and a channel at a closed port."""
    owner = user(f"owner@{slug}.example", f"Owner {slug}")
    workspace = accounts.found_workspace(
        slug=slug, name=slug.capitalize(), owner=owner, main_department="Support"
    )
    company = Company(workspace)
    with company.acting():
        for name in departments:
            accounts.create_department(by=SYSTEM, name=name)
        company.departments = {row.name: row for row in Department.objects.all()}
        company.people["owner"] = Member.objects.select_related("user").get(role=Role.OWNER)
        for name, role in others:
            person = user(f"{name}@{slug}.example", name.title())
            company.people[name] = Member.objects.create(user=person, name=name.title(), role=role)
        company.channel = inbox.connect_channel(
            by=SYSTEM,
            kind="whatsapp",
            name=f"{slug} WA",
            account_id={"acme": "111111", "globex": "222222"}.get(slug, str(workspace.pk)),
            department=company.departments["Support"],
            config={"waba_id": "990000000000001", "base_url": "http://127.0.0.1:9"},
            secrets={
                "app_secret": company.secret,
                "access_token": f"token-of-{slug}",
                "verify_token": f"verify-{slug}",
            },
        )
    return company


def seat(company: Company, department: str, *names: str, leads: bool = False) -> None:
    """Put people into a department."""
    with company.acting():
        for name in names:
            DepartmentMember.objects.create(
                department=company.departments[department],
                member=company.people[name],
                leads=leads,
            )


def make_world() -> World:
    """acme: sari and budi in Support under the supervisor, gita alone in the hidden Finance."""
    acme = found(
        "acme",
        ("admin", Role.ADMINISTRATOR),
        ("supervisor", Role.SUPERVISOR),
        ("sari", Role.AGENT),
        ("budi", Role.AGENT),
        ("gita", Role.AGENT),
        ("nona", Role.NON_AGENT),
        departments=("Shipping", "Finance"),
    )
    seat(acme, "Support", "sari", "budi")
    seat(acme, "Shipping", "sari")
    seat(acme, "Finance", "gita")
    seat(acme, "Shipping", "supervisor", leads=True)
    with acme.acting():
        for name in ("sari", "budi"):
            Supervision.objects.create(supervisor=acme.supervisor, agent=acme.people[name])
    globex = found("globex", ("stranger", Role.AGENT))
    seat(globex, "Support", "stranger")
    return World(acme, globex)


@pytest.fixture
def world(db: None) -> World:
    """The two companies, rolled back after the test."""
    return make_world()


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    """The two companies, committed: for threads, processes and browsers."""
    return make_world()


def browser_of(member: Member | None) -> Client:
    """A signed-in test client; without a member, an anonymous one."""
    client = Client()
    if member is not None:
        client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
