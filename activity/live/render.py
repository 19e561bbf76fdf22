"""From ledger entries to frames, rendered once per language.

Apps register for their events a function from a batch of entries to the content of their
frames; it runs inside a unit, and may query what it needs for the whole batch at once.
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.utils import timezone, translation

from activity.models import LedgerEntry

log = logging.getLogger("helpdesk.live")
# By seq, what the frame says besides its envelope. `SEEN_BY` is taken out of it: the tags of
# those who see the subject as it is now, since it is rendered as it is now.
Content = dict[int, dict[str, Any]]
SEEN_BY = "seen_by"
# An activity that calls for attention, and the tags of those whom it calls; also taken out. The
# frame of those who are called names the activity; everybody else, and who did it, gets the one
# without it.
CALLS = "calls"
FRESH = timedelta(minutes=2)
Renderer = Callable[[list[LedgerEntry]], Content]
renderers: dict[str, Renderer] = {}
subjects: dict[str, Callable[[LedgerEntry], dict[str, Any]]] = {}


def renders(*names: str) -> Callable[[Renderer], Renderer]:
    """Register the renderer of events; it is called once per batch and language."""

    def register(renderer: Renderer) -> Renderer:
        for name in names:
            renderers[name] = renderer
        return renderer

    return register


@dataclass(frozen=True)
class Prepared:
    """One event, ready to be handed to sockets: a frame per language (JSON text), a frame
    for those who lose sight, and the member whose sockets must close, if any. `seen_by` are
    the tags that see the subject now; None where the frame shows nothing of a subject."""

    seq: int
    audience: frozenset[str]
    lost: frozenset[str]
    frames: dict[str, str] = field(default_factory=dict)
    gone: str = ""
    closes: int | None = None
    seen_by: frozenset[str] | None = None
    called: frozenset[str] = frozenset()
    actor: str = ""
    calls: dict[str, str] = field(default_factory=dict)

    def frame_for(self, tags: frozenset[str], language: str) -> str | None:
        """What a holder of these tags is told; None for nothing."""
        if self.audience & tags:
            still = self.seen_by is None or self.seen_by & tags
            is_called = self.called & tags and self.actor not in tags
            frames = self.calls if is_called else self.frames
            return frames.get(language) if still else None
        return self.gone if self.lost & tags else None


def prepare(entries: Iterable[LedgerEntry], languages: Iterable[str]) -> list[Prepared]:
    """Render a batch; inside a unit."""
    batch = list(entries)
    per_language = {language: _contents(batch, language) for language in languages}
    return [_prepared(entry, per_language) for entry in batch]


def _contents(batch: list[LedgerEntry], language: str) -> Content:
    by_renderer: dict[Renderer, list[LedgerEntry]] = defaultdict(list)
    for entry in batch:
        if entry.name in renderers:
            by_renderer[renderers[entry.name]].append(entry)
    found: Content = {}
    with translation.override(language):
        for renderer, entries in by_renderer.items():
            found |= _rendered(renderer, entries)
    return found


def _rendered(renderer: Renderer, entries: list[LedgerEntry]) -> Content:
    """Their content. One that cannot be shown is left out, and told in the log: everybody in
    the workspace would wait behind it for ever."""
    try:
        return renderer(entries)
    except DatabaseError:
        raise
    except Exception:
        if len(entries) > 1:
            alone = [_rendered(renderer, [entry]) for entry in entries]
            return {seq: content for found in alone for seq, content in found.items()}
        log.exception("frame", extra={"fields": {"seq": entries[0].seq, "name": entries[0].name}})
        return {}


def _prepared(entry: LedgerEntry, per_language: dict[str, Content]) -> Prepared:
    envelope = {"type": "event", "seq": entry.seq, "name": entry.name, "actor": entry.member_id}
    found = {lang: c[entry.seq] for lang, c in per_language.items() if entry.seq in c}
    seen_by = [content.pop(SEEN_BY, None) for content in found.values()]
    calls = [content.pop(CALLS, None) for content in found.values()]
    called, calling = _calling(entry, envelope, found, next(iter(calls), None))
    frames = {lang: json.dumps({**envelope, **content}) for lang, content in found.items()}
    return Prepared(
        entry.seq,
        frozenset(entry.audience),
        frozenset(entry.lost),
        frames,
        _gone(entry) if entry.lost else "",
        entry.facts["member_id"] if entry.name == "member.changed" else None,
        next(iter(seen_by), None),
        called,
        f"p:{entry.member_id}",
        calling,
    )


def _calling(
    entry: LedgerEntry, envelope: dict[str, Any], found: dict[str, dict[str, Any]], call: Any
) -> tuple[frozenset[str], dict[str, str]]:
    """Who is called, and their frames. What is replayed after a while calls nobody."""
    if not call or timezone.now() - entry.at > FRESH:
        return frozenset(), {}
    activity, tags = call
    own = {**envelope, "calls": activity}
    return tags, {lang: json.dumps({**own, **content}) for lang, content in found.items()}


def _gone(entry: LedgerEntry) -> str:
    conversation = {"id": entry.facts.get("conversation_id")}
    return json.dumps({"type": "gone", "seq": entry.seq, "conversation": conversation})
