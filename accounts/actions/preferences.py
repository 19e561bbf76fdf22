"""How people want it: of a person in every workspace, and of a member in this one. Nobody
else is concerned, so none of this is an event; a new name is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import available, clashes, registry, wrong_key
from accounts.events import MemberChanged
from accounts.models import Member, User
from helpdesk.errors import Refused
from helpdesk.events import action, emit


def set_preferences(user: User, *, language: str | None = None, theme: str | None = None) -> None:
    """Set language ('' follows the browser) or theme ('' follows the system)."""
    if language is not None:
        user.language = language
    if theme is not None:
        user.theme = theme
    user.save(update_fields=["language", "theme"])


@action
def change_profile(*, by: Member, name: str) -> Member:
    """His own name, as colleagues and notes show it from now on."""
    name = " ".join(name.split())
    if name == by.name:
        return by
    locked = Member.objects.select_for_update().get(pk=by.pk)
    locked.name = by.name = name
    locked.save(update_fields=["name"])
    event = MemberChanged(locked.pk, locked.is_active, ["name"])
    emit(event, audience={"w", f"p:{locked.pk}"}, by=by)
    return locked


@action
def set_look(*, by: Member, **look: Any) -> Member:
    """Change what is given of density, widths and panels; see `accounts.preferences.Look`."""
    return _keep(by, lambda kept: {**kept, "look": {**kept.get("look", {}), **look}})


@action
def set_attention(*, by: Member, **attention: Any) -> Member:
    """Set what calls him; see `accounts.preferences.Attention`."""
    return _keep(by, lambda kept: {**kept, "attention": attention})


@action
def set_welcome(*, by: Member, is_shown: bool) -> Member:
    """Put the card "Getting started" away, or take it out again."""
    return _keep(by, lambda kept: {**kept, "welcome": "shown" if is_shown else "hidden"})


@action
def set_keys(*, by: Member, keys: Mapping[str, str], single_keys: bool = True) -> Member:
    """Set his own keys, by command; '' turns one off, what is not given has its default.

    `Refused("key_taken")` if one key would mean two commands, with both of them;
    `Refused("key_wrong")` if a key cannot be used in its place.
    """
    commands = {row.id: row for row in available(by)}
    own = {k: v for k, v in keys.items() if k in commands and not commands[k].fixed}
    for name, key in own.items():
        if why := wrong_key(commands[name], key):
            raise Refused("key_wrong", why, command=name)
    wanted = {name: (own[name],) if name in own else row.keys for name, row in commands.items()}
    wanted = {name: tuple(key for key in found if key) for name, found in wanted.items()}
    for first, second in clashes(wanted):
        names = [str(registry[name].label) for name in (first, second)]
        text = _("“%(first)s” and “%(second)s” would have the same key.")
        message = text % {"first": names[0], "second": names[1]}
        raise Refused("key_taken", message, first=first, second=second)
    own = {name: key for name, key in own.items() if (key,) != commands[name].keys}
    return _keep(by, lambda kept: {**kept, "keys": own, "single_keys": single_keys})


def _keep(by: Member, change: Any) -> Member:
    """Change the stored preferences while nobody else does: two windows lose nothing."""
    locked = Member.objects.select_for_update().get(pk=by.pk)
    locked.preferences = by.preferences = change(locked.preferences)
    locked.save(update_fields=["preferences"])
    return locked
