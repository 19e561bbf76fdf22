"""The commands that every page has, and those that go to settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.commands import Command, administers, register

register(
    Command("palette", _("Search and commands"), "page", keys=("mod+k",)),
    Command("keysheet", _("Show all keys"), "page", keys=("?",)),
    Command("theme", _("Change between light and dark"), "page"),
    Command("go.profile", _("My profile"), "go", address="accounts:profile"),
    Command("go.notifications", _("My notifications"), "go", address="accounts:notifications"),
    Command("go.keys", _("My keys"), "go", address="accounts:keys"),
    Command("go.tokens", _("API tokens"), "go", address="accounts:tokens"),
    Command("go.settings", _("Settings"), "go", keys=("g s",), address="accounts:settings"),
    Command("go.members", _("Members"), "go", address="accounts:members", may=administers),
    Command(
        "go.departments", _("Departments"), "go", address="accounts:departments", may=administers
    ),
)
