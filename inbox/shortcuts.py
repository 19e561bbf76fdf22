"""The commands of the inbox; `static/js/inbox_commands.js` says what they run."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.commands import Command, register
from accounts.models import Member


def _administers(member: Member) -> bool:
    return member.administers


def _view(name: str, label: object, *keys: str) -> Command:
    query = f"?view={name}"
    return Command(f"go.{name}", label, "go", keys=keys, address="inbox:list", query=query)


register(
    Command("go.inbox", _("Inbox"), "go", keys=("g i",), address="inbox:list"),
    _view("queue", _("Queue: not assigned"), "g u"),
    _view("mine", _("My conversations"), "g m"),
    _view("all", _("All open conversations"), "g a"),
    _view("resolved", _("Archive")),
    _view("expired", _("Abandoned and expired")),
    Command("go.channels", _("Channels"), "go", address="channels:list", may=_administers),
    Command("search", _("Search conversations"), "list", "list", ("/",)),
    Command("next", _("Next conversation"), "list", "list", ("j",), repeats=True),
    Command("previous", _("Previous conversation"), "list", "list", ("k",), repeats=True),
    Command("enter", _("Open, then into the messages"), "list", "list", ("o", "Enter")),
    Command("select", _("Select the conversation"), "list", "list", ("x",)),
    Command("select-next", _("Select down"), "list", "list", ("shift+j",), repeats=True),
    Command("select-previous", _("Select up"), "list", "list", ("shift+k",), repeats=True),
    Command("undo", _("Undo what you just did"), "list", "list", ("z",)),
    Command("filter", _("Filter the list"), "list", "list", ("f",)),
    Command("list-panel", _("Show or hide the list"), "list", "list", ("[",)),
    Command("details-panel", _("Show or hide the details"), "list", "list", ("]",)),
    Command("reply", _("Write a reply"), "conversation", "thread", ("r",)),
    Command("note", _("Write an internal note"), "conversation", "thread", ("n",)),
    Command("accept", _("Accept (assign to me)"), "conversation", "thread", ("i",)),
    Command("assign", _("Assign to…"), "conversation", "thread", ("a",)),
    Command(
        "transfer", _("Transfer to a colleague or department"), "conversation", "thread", ("t",)
    ),
    Command("resolve", _("Resolve and open the next"), "conversation", "thread", ("e",)),
    Command("resolve-stay", _("Resolve and stay"), "conversation", "thread", ("shift+e",)),
    Command("labels", _("Labels"), "conversation", "thread", ("l",)),
    Command("release", _("Release into the queue"), "conversation", "thread"),
    Command("attachments", _("View all attachments"), "conversation", "thread"),
    Command(
        "close", _("Close the conversation"), "conversation", "thread", ("Escape",), fixed=True
    ),
    Command("send", _("Send"), "writing", "composer", ("mod+Enter",)),
    Command(
        "send-resolve",
        _("Send, resolve and open the next"),
        "writing",
        "composer",
        ("mod+shift+Enter",),
    ),
)
