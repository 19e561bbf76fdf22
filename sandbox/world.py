"""Everything the sandbox remembers: customers, groups, chats, the ledger. In memory only."""

from __future__ import annotations

import base64
import os
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

DAY = 24 * 3600
KEPT = 500  # bubbles of one chat


@dataclass
class Customer:
    """A person with WhatsApp, or a group of them (`members`: ids).

    One who hides the phone is known by `user_id` alone. `id` never changes, the phone may.
    """

    id: str
    name: str
    phone: str
    user_id: str
    hides_phone: bool = False
    username: str = ""
    members: list[str] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return not self.phone

    def shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "phone": self.phone,
            "user_id": self.user_id,
            "hides_phone": self.hides_phone,
            "username": self.username,
        }
        return {**shown, "members": self.members} if self.is_group else shown


@dataclass
class Bubble:
    """One message in a chat; `state` is what its ticks show, `data` what the page draws.

    `body` is the part of a customer's message that its webhook says; in a group `author` is
    the member who wrote. `reactions` are by the id of a customer, or "company".
    """

    wamid: str
    mine: bool  # written by the customer
    text: str
    at: float
    state: str
    ref: str = ""
    reply_to: str = ""
    kind: str = "text"
    data: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    author: str = ""
    reactions: dict[str, str] = field(default_factory=dict)
    edited: bool = False
    deleted: bool = False
    echo: bool = False  # the company wrote it on its own phone
    tapped: str = ""  # which of its buttons or rows the customer chose

    def shown(self) -> dict[str, Any]:
        """A deleted message keeps nothing but its place."""
        return {
            "wamid": self.wamid,
            "mine": self.mine,
            "text": "" if self.deleted else self.text,
            "at": self.at,
            "state": self.state,
            "reply_to": self.reply_to,
            "kind": self.kind,
            "data": {} if self.deleted else self.data,
            "author": self.author,
            "reactions": {} if self.deleted else self.reactions,
            "edited": self.edited,
            "deleted": self.deleted,
            "echo": self.echo,
            "tapped": self.tapped,
        }


@dataclass
class Chat:
    """What one customer (or group) and one company's number wrote to each other."""

    number_id: str
    customer: Customer
    bubbles: deque[Bubble] = field(default_factory=lambda: deque(maxlen=KEPT))
    wrote_at: float = 0.0
    typing_until: float = 0.0
    sent_times: deque[float] = field(default_factory=deque)

    @property
    def window_is_open(self) -> bool:
        return time.time() - self.wrote_at < DAY

    def shown(self) -> dict[str, Any]:
        return {
            "number": self.number_id,
            "customer": self.customer.shown(),
            "window_open": self.window_is_open,
            "closes_at": self.wrote_at + DAY if self.window_is_open else None,
            "typing": time.time() < self.typing_until,
            "bubbles": [bubble.shown() for bubble in self.bubbles],
        }


class World:
    """Customers by id, phone and user id; chats by (number, customer); bubbles by wamid."""

    def __init__(self) -> None:
        self.customers: dict[str, Customer] = {}
        self.chats: dict[tuple[str, str], Chat] = {}
        self.bubbles: dict[str, tuple[Chat, Bubble]] = {}
        self.ledger: list[dict[str, Any]] = []
        for name, phone, hides in PRESETS:
            self.add_customer(name, phone, hides)
        self.customers[PRESETS[4][1]].username = "putu.ayu"

    def add_customer(self, name: str, phone: str, hides_phone: bool = False) -> Customer:
        """A new customer, or the one with this number under the new name."""
        user_id = f"ID.7{phone.zfill(19)}"
        customer = self.customers.get(phone)
        if customer is None:
            customer = Customer(phone, name or f"+{phone}", phone, user_id, hides_phone)
            self.customers[phone] = self.customers[user_id] = customer
        elif name:
            customer.name = name
        return customer

    def add_group(self, name: str, members: list[str]) -> Customer:
        """A group of known customers, under an id as the provider makes them."""
        group_id = "Y2FwaV9ncm91cDo" + base64.urlsafe_b64encode(os.urandom(9)).decode()
        group = Customer(group_id, name, "", group_id, members=members)
        self.customers[group_id] = group
        return group

    def reach(self, to: str, *, group: bool = False) -> Customer | None:
        """Whom a message to this phone, user id or group reaches; a number given up: nobody."""
        found = self.customers.get(to)
        if found is None or found.is_group != group:
            return None
        return found if to in (found.phone, found.user_id) else None

    def change_phone(self, customer: Customer, phone: str) -> None:
        """The same person under a new number; ValueError where somebody has it."""
        if self.customers.get(phone, customer) is not customer:
            raise ValueError(f"+{phone} belongs to somebody else")
        customer.phone = phone
        self.customers[phone] = customer

    def people(self) -> list[Customer]:
        """Each customer and group once, in the order of their arrival."""
        return [customer for key, customer in self.customers.items() if key == customer.id]

    def chat(self, number_id: str, customer: Customer) -> Chat:
        key = (number_id, customer.id)
        if key not in self.chats:
            self.chats[key] = Chat(number_id, customer)
        return self.chats[key]

    def add(self, chat: Chat, bubble: Bubble) -> Bubble:
        if len(chat.bubbles) == KEPT:
            self.bubbles.pop(chat.bubbles[0].wamid, None)
        chat.bubbles.append(bubble)
        self.bubbles[bubble.wamid] = (chat, bubble)
        return bubble


def new_wamid() -> str:
    return "wamid." + base64.b64encode(os.urandom(36)).decode()


PRESETS = [
    ("Rahmat Hidayat", "6281355500177", False),
    ("Dewi Anggraini", "6281255500142", False),
    ("Bagus Prakoso", "6285755500119", False),
    ("Nadia Kusuma", "6287855500164", False),
    ("Putu Ayu", "6282155500188", True),
    ("Liam Tan", "6585550101", False),
]
