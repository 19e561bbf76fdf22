"""What can be done by key or from the palette: one registry, from which the keys, the key sheet,
the palette and the page "Keys" are made.

An app registers a command here; its script gives the same id something to run (`define` in
`static/js/commands.js`), unless the command goes to a page. Keys are written like ``e``,
``shift+e``, ``mod+Enter`` (Ctrl, on a Mac Command) or ``g i`` (one after the other).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member

# Where a key is heard: on every page, in the inbox, with a conversation open, while writing.
CONTEXTS = ("anywhere", "list", "thread", "composer")
GROUPS = {
    "conversation": gettext_lazy("This conversation"),
    "writing": gettext_lazy("Writing"),
    "list": gettext_lazy("List"),
    "go": gettext_lazy("Go to"),
    "page": gettext_lazy("Everywhere"),
}
NAMED = {"enter": "Enter", "escape": "Escape", "esc": "Escape", "space": "Space"} | {
    f"arrow{side}": f"Arrow{side.title()}" for side in ("up", "down", "left", "right")
}
MODIFIERS = {"ctrl": "mod", "cmd": "mod", "command": "mod", "mod": "mod", "alt": "alt"} | {
    "option": "alt",
    "shift": "shift",
}
# The browser keeps these for itself, or somebody would lose a tab with a reply in it.
KEPT = {f"mod+{key}" for key in "nrtwlqpacvxz"} | {f"mod+shift+{key}" for key in "nrtwpi"}


def _anyone(member: Member) -> bool:
    return True


def administers(member: Member) -> bool:
    """For commands whose pages are an administrator's."""
    return member.administers


@dataclass(frozen=True)
class Command:
    """One thing that can be done. `keys` are alternatives; `address` is the URL name of the
    page it goes to, `query` what follows it; `may` says whose it is. A `fixed` key stays."""

    id: str
    label: Any
    group: str
    context: str = "anywhere"
    keys: tuple[str, ...] = ()
    address: str = ""
    query: str = ""
    fixed: bool = False
    repeats: bool = False
    may: Callable[[Member], bool] = _anyone


registry: dict[str, Command] = {}


def register(*commands: Command) -> None:
    """Add commands; an id or a key that is taken in the same place is a mistake."""
    for command in commands:
        if command.id in registry:
            raise ValueError(f"There are two commands {command.id!r}.")
        registry[command.id] = command
    for first, second in clashes({row.id: row.keys for row in registry.values()}):
        raise ValueError(f"Commands {first!r} and {second!r} have the same key.")


def parse(text: str) -> str:
    """A key as it is kept, from what somebody wrote: ``Ctrl+Enter``, ``G I``; '' for none.
    `ValueError` if it is no key, or one that belongs to the browser."""
    steps = [_step(step) for step in re.sub(r"\s*\+\s*", "+", text.strip()).split()]
    if len(steps) > 2 or any("+" in step for step in steps[1:]):
        raise ValueError(text)
    if KEPT & set(steps):
        raise ValueError(text)
    return " ".join(steps)


def _step(step: str) -> str:
    *modifiers, key = [step] if step == "+" else step.split("+")
    found = {MODIFIERS[part.lower()] for part in modifiers if part.lower() in MODIFIERS}
    if len(found) != len(modifiers):
        raise ValueError(step)
    known = NAMED.get(key.lower(), key.lower())
    if len(known) != 1 and known not in NAMED.values():
        raise ValueError(step)
    if not known.isascii() or not known.isprintable() or known == " ":
        raise ValueError(step)
    if "shift" in found and len(known) == 1 and not known.isalpha():
        raise ValueError(step)  # what Shift makes of it depends on the keyboard
    return "+".join([*(name for name in ("mod", "alt", "shift") if name in found), known])


def pretty(key: str) -> str:
    """A key as people read it: Ctrl+Enter, Shift+E, G I."""
    names = {"mod": "Ctrl", "alt": "Alt", "shift": "Shift", "Escape": "Esc"}
    parts = [
        [names.get(p, p.upper() if len(p) == 1 else p) for p in _split(k)] for k in key.split()
    ]
    return " ".join("+".join(part) for part in parts)


def _split(step: str) -> list[str]:
    return [*step[:-1].split("+")[:-1], "+"] if step.endswith("+") else step.split("+")


def is_single(key: str) -> bool:
    """Whether it is pressed without Ctrl or Alt: speech input and stray fingers hit those."""
    return "mod+" not in key and "alt+" not in key


def keys_of(member: Member) -> dict[str, tuple[str, ...]]:
    """By command the keys that this member uses."""
    chosen = member.preferences.get("keys", {})
    is_quiet = member.preferences.get("single_keys") is False
    found = {}
    for row in available(member):
        own = chosen.get(row.id)
        keys = row.keys if own is None or row.fixed else (own,) * bool(own)
        found[row.id] = tuple(k for k in keys if row.fixed or not (is_quiet and is_single(k)))
    return found


def available(member: Member) -> list[Command]:
    """The commands that this member may use at all, in the order of the groups."""
    order = list(GROUPS)
    mine = [row for row in registry.values() if row.may(member)]
    return sorted(mine, key=lambda row: order.index(row.group))


def clashes(keys: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of commands of which one key could mean both, or where one key begins the other."""
    for first, second in combinations(keys, 2):
        if not _meet(registry[first].context, registry[second].context):
            continue
        pairs = [(one, other) for one in keys[first] for other in keys[second]]
        if any(one.split()[0] == other or other.split()[0] == one for one, other in pairs) or any(
            one == other for one, other in pairs
        ):
            yield first, second


def _meet(first: str, second: str) -> bool:
    """Whether both contexts can be live at once: who writes is not in the list."""
    return (first == "composer") == (second == "composer") or "anywhere" in (first, second)


def wrong_key(command: Command, key: str) -> str:
    """Why this key cannot be used for it, in words; '' if it can."""
    if key and command.context == "composer" and is_single(key):
        return _("While you write, a key needs Ctrl or Alt.")
    return ""
