"""The row of the list and the bubble of the thread, the two fragments that are made most often:
fifty to a page, and one of each for every event and language.

They are templates of Jinja, which compiles them: a row takes a quarter of the time that
Django's templates needed (`docs/decisions/0011-two-compiled-fragments.md`). What a bubble
has only now and then, `include` takes from Django's templates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.template.loader import get_template, render_to_string
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context

from accounts.templatetags import faces
from accounts.templatetags.icons import icon
from inbox.explaining import reasons
from inbox.here import Here, here
from inbox.models import Conversation, Message
from inbox.templatetags import bubbles, inbox_look, times

ENGINE = "fragments"
FILTERS: list[Callable[..., Any]] = [
    *(faces.hue, faces.initials),
    *(times.clock, times.due_tone, times.epoch, times.exactly, times.has_passed, times.moment),
    *(times.since, times.until, times.upcoming, times.waiting),
    *(inbox_look.author_key, inbox_look.bracketed, inbox_look.channel_icon),
    *(inbox_look.kind_icon, inbox_look.kind_label, inbox_look.known_as),
    *(bubbles.linked, bubbles.our_reaction, bubbles.say_class, bubbles.with_mentions),
]


def row_html(conversation: Conversation) -> str:
    """A conversation in the list, in the active language; it needs contact, channel, assignee
    and department. It is for everybody: our scripts send a token of their own."""
    return rows_html([conversation])


def rows_html(
    conversations: Sequence[Conversation], open_id: int | None = None, csrf_input: str = ""
) -> str:
    """Several of them, for a page of its member's own."""
    facts = {"conversations": conversations, "open_id": open_id, "csrf_input": csrf_input}
    return _render("rows", facts)


def bubble_html(
    message: Message, conversation: Conversation, *, joined: bool = False, csrf_token: str = ""
) -> str:
    """A furnished message in its thread, in the active language."""
    facts = {"message": message, "conversation": conversation, "joined": joined}
    return _render("bubble", {**facts, "csrf_token": csrf_token})


def _render(name: str, facts: dict[str, Any]) -> SafeString:
    html: str = get_template(f"inbox/{name}.html", using=ENGINE).render(facts)
    return mark_safe(html.strip())  # noqa: S308  (the templates escape)


def environment(**options: Any) -> Environment:
    """For settings.TEMPLATES: what the two templates may use; an unknown name is an error."""
    found = Environment(  # noqa: S701  (Django passes autoescape=True)
        **{**options, "undefined": StrictUndefined}, trim_blocks=False
    )
    found.filters |= {function.__name__: function for function in FILTERS}
    found.filters |= {"look": _look, "iso": _iso, "filled": _filled}
    found.globals |= {"_": gettext, "icon": icon, "fact": inbox_look.fact, "reasons": reasons}
    found.globals |= {"url": _url, "address": address, "here": here, "include": _include}
    return found


def _url(name: str, number: int) -> str:
    """The address of a conversation's page or command."""
    return address(name).format(number)


def address(name: str) -> str:
    """The same for any conversation: {} is to be put in."""
    return _pattern(name, get_urlconf(), get_script_prefix())


@lru_cache(2000)
def _pattern(name: str, urlconf: str | None, prefix: str) -> str:
    return reverse(name, args=[0]).replace("/0/", "/{}/", 1)


def _iso(value: Any, at: Here | None = None) -> str:
    """Date and time with the zone's offset, in the viewer's zone."""
    local = at.local(value) if at else timezone.localtime(value)
    return str(local.isoformat())


def _filled(text: str, **values: Any) -> str:
    """A translated text with its gaps filled; what is put in is escaped with the rest."""
    return text.format(**values)


def _look(message: Message) -> str:
    return bubbles.LOOKS.get(message.kind, "unsupported")


@pass_context
def _include(context: Context, name: str) -> SafeString:
    """A part of a bubble that Django's templates draw."""
    known = ("message", "conversation", "csrf_token")
    facts = {key: context.get(key) for key in known}
    return render_to_string(f"inbox/message/_{name}.html", facts)
