"""The commands of the inbox; `static/js/inbox_commands.js` says what they run."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.commands import Command, administers, register


def _view(name: str, label: object, *keys: str) -> Command:
    query = f"?view={name}"
    return Command(f"go.{name}", label, "go", keys=keys, address="inbox:list", query=query)


def _here(name: str, label: object, *keys: str, fixed: bool = False) -> Command:
    return Command(name, label, "conversation", "thread", keys, fixed=fixed)


def _writing(name: str, label: object, *keys: str) -> Command:
    return Command(name, label, "writing", "composer", keys)


register(
    Command("go.inbox", _("Inbox"), "go", keys=("g i",), address="inbox:list"),
    _view("queue", _("Queue: not assigned"), "g u"),
    _view("mine", _("My conversations"), "g m"),
    _view("all", _("All open conversations"), "g a"),
    _view("snoozed", _("Snoozed conversations"), "g z"),
    _view("resolved", _("Archive")),
    _view("expired", _("Abandoned and expired")),
    Command("go.channels", _("Channels"), "go", address="channels:list", may=administers),
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
    _here("reply", _("Write a reply"), "r"),
    _here("note", _("Write an internal note"), "n"),
    _here("accept", _("Accept (assign to me)"), "i"),
    _here("assign", _("Assign to…"), "a"),
    _here("transfer", _("Transfer to a colleague or department"), "t"),
    _here("resolve", _("Resolve and open the next"), "e"),
    _here("resolve-stay", _("Resolve and stay"), "shift+e"),
    _here("snooze", _("Snooze until later…"), "s"),
    _here("unread", _("Mark as unread"), "u"),
    _here("labels", _("Labels"), "l"),
    _here("release", _("Release into the queue")),
    _here("attachments", _("View all attachments")),
    _here("close", _("Close the conversation"), "Escape", fixed=True),
    _writing("send", _("Send"), "mod+Enter"),
    _writing("send-resolve", _("Send, resolve and open the next"), "mod+shift+Enter"),
)
