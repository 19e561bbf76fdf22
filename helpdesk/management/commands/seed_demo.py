"""Makes the demo companies: people, departments, and a WhatsApp number at the sandbox."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts import actions as accounts
from accounts.actors import SYSTEM
from accounts.models import Department, DepartmentMember, Member, Role, Supervision, User
from accounts.queries import all_workspace_ids, workspace_id_by_slug
from helpdesk.links import absolute, root_url
from helpdesk.tenancy import acting_in
from inbox import actions as inbox
from inbox.models import Channel

PASSWORD = "nusantara-2026"  # noqa: S105  (of the demo, printed by the launcher)


@dataclass(frozen=True)
class Person:
    """A demo member; `where` names his departments."""

    local: str
    name: str
    role: str
    where: tuple[str, ...] = ()


@dataclass(frozen=True)
class Company:
    """A demo workspace."""

    slug: str
    name: str
    domain: str
    departments: tuple[str, ...]
    people: tuple[Person, ...]
    number: str
    account: str


COMPANIES = (
    Company(
        "toko-nusantara",
        "Toko Nusantara",
        "toko-nusantara.example",
        ("Layanan Pelanggan", "Pengiriman"),
        (
            Person("owner", "Ratna Wijaya", Role.OWNER, ("Layanan Pelanggan",)),
            Person("admin", "Agus Salim", Role.ADMINISTRATOR, ("Layanan Pelanggan",)),
            Person("supervisor", "Dewi Lestari", Role.SUPERVISOR, ("Layanan Pelanggan",)),
            Person("sari", "Sari Wulandari", Role.AGENT, ("Layanan Pelanggan", "Pengiriman")),
            Person("budi", "Budi Santoso", Role.AGENT, ("Layanan Pelanggan",)),
        ),
        "6281255500100",
        "880000000000101",
    ),
    Company(
        "kopi-senja",
        "Kopi Senja",
        "kopi-senja.example",
        ("Barista",),
        (
            Person("owner", "Yusuf Hakim", Role.OWNER, ("Barista",)),
            Person("intan", "Intan Permata", Role.AGENT, ("Barista",)),
        ),
        "6281255500200",
        "880000000000201",
    ),
)


LABELS = (("Keluhan", 0), ("Pengiriman", 7), ("Pembayaran", 4), ("Retur", 2))
QUICK_REPLIES = (
    (
        "salam",
        "Salam pembuka",
        "Halo {customer_first_name}, saya {agent_name} dari {workspace_name}."
        " Ada yang bisa saya bantu?",
    ),
    ("jam-buka", "Jam layanan", "Kami melayani setiap hari pukul 08.00 sampai 20.00 WIB."),
    ("resi", "Minta nomor pesanan", "Boleh kirim nomor pesanannya? Saya cek sekarang juga."),
    ("terima-kasih", "Penutup", "Terima kasih sudah menghubungi {workspace_name}. Sehat selalu!"),
)


class Command(BaseCommand):
    """Idempotent: what is there stays as it is."""

    help = "Make the demo companies, and tell the sandbox about their WhatsApp numbers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, then write `sandbox.json`."""
        for company in COMPANIES:
            if workspace_id_by_slug(company.slug) is None:
                _found(company)
        numbers = [number for workspace in all_workspace_ids() for number in _numbers(workspace)]
        path = settings.DATA_DIR / "sandbox.json"
        path.touch(mode=0o600, exist_ok=True)
        path.write_text(json.dumps({"numbers": numbers}, indent=2))


def _found(company: Company) -> None:
    founder, *others = company.people
    workspace = accounts.found_workspace(
        slug=company.slug,
        name=company.name,
        owner=_user(company, founder),
        main_department=company.departments[0],
    )
    with acting_in(workspace.pk):
        for name in company.departments[1:]:
            accounts.create_department(by=SYSTEM, name=name)
        for person in others:
            _join(company, person)
        _put_agents_under_supervisors()
        _connect(company)
        for name, hue in LABELS:
            inbox.create_label(by=SYSTEM, name=name, hue=hue)
        for shortcut, title, text in QUICK_REPLIES:
            inbox.save_quick_reply(
                by=SYSTEM, is_own=False, shortcut=shortcut, title=title, text=text
            )


def _user(company: Company, person: Person) -> User:
    email = f"{person.local}@{company.domain}"
    known = User.objects.filter(email=email).first()
    return known or User.objects.create_user(email, PASSWORD, name=person.name)


def _join(company: Company, person: Person) -> None:
    member = Member.objects.create(user=_user(company, person), name=person.name, role=person.role)
    leads = person.role == Role.SUPERVISOR
    for department in Department.objects.filter(name__in=person.where):
        DepartmentMember.objects.create(department=department, member=member, leads=leads)


def _put_agents_under_supervisors() -> None:
    for supervisor in Member.objects.filter(role=Role.SUPERVISOR):
        for agent in Member.objects.filter(role=Role.AGENT):
            Supervision.objects.create(supervisor=supervisor, agent=agent)


def _connect(company: Company) -> None:
    inbox.connect_channel(
        by=SYSTEM,
        kind="whatsapp",
        name=f"{company.name} CS",
        account_id=company.account,
        department=Department.objects.get(is_main=True),
        config={
            "waba_id": "99" + company.account[2:],
            "display_phone_number": company.number,
            "base_url": os.environ.get("SANDBOX_URL", settings.WHATSAPP_BASE_URL),
        },
        secrets={
            "access_token": "sandbox-" + secrets.token_urlsafe(24),
            "app_secret": secrets.token_hex(16),
            "verify_token": secrets.token_urlsafe(12),
        },
    )


def _numbers(workspace_id: int) -> list[dict[str, str]]:
    with acting_in(workspace_id):
        channels = Channel.objects.select_related("workspace").filter(
            kind="whatsapp", state=Channel.State.ACTIVE
        )
        return [_number(channel) for channel in channels if "sandbox-" in str(channel.secrets)]


def _number(channel: Channel) -> dict[str, str]:
    return {
        "workspace": channel.workspace.slug,
        "name": channel.name,
        "display_phone_number": channel.config.get("display_phone_number", ""),
        "phone_number_id": channel.account_id,
        "waba_id": channel.config.get("waba_id", ""),
        "access_token": channel.secrets["access_token"],
        "app_secret": channel.secrets["app_secret"],
        "webhook": absolute(root_url("webhook", channel.kind, channel.token)),
    }
