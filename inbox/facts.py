"""The sentences of the fact lines in a thread, by the kind of the fact."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# kind: (sentence, sentence without `to`)
FACTS = {
    "opened": (_("Entered the queue of {to}"), _("Entered the queue")),
    "accepted": (_("{by} accepted the conversation"), _("{by} accepted the conversation")),
    "transferred": (_("{by} transferred it to {to}"), _("{by} transferred it")),
    "released": (
        _("{by} put it back into the queue of {to}"),
        _("{by} put it back into the queue"),
    ),
    "requeued": (_("{by} transferred it to the queue of {to}"), _("{by} put it into the queue")),
    "resolved": (_("{by} resolved the conversation"), _("{by} resolved the conversation")),
}
SYSTEM = _("The system")


def sentence(kind: str, by: str, data: dict[str, Any]) -> SafeString:
    """What happened, in the viewer's language, with the names set off; '' if unknown."""
    if kind not in FACTS:
        return SafeString("")
    to = str(data.get("to") or "")
    words = FACTS[kind][0 if to else 1]
    bold = {"by": format_html("<b>{}</b>", by or SYSTEM), "to": format_html("<b>{}</b>", to)}
    return format_html(str(words), **bold)
