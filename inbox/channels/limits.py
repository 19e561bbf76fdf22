"""What may be written now: the composer and the actions both ask it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from inbox.channels.incoming import FileKind


@dataclass(frozen=True)
class FileLimit:
    """The content types of a kind of file, and the most bytes that it may have."""

    types: frozenset[str]
    max_bytes: int


@dataclass(frozen=True)
class ComposerLimits:
    """What the composer may do now. `closes_at` is None where a channel has no window.

    `may_write` is about free content; where it is False a template may still be sent if
    ``template`` is in `can`. `can`: ``quote``, ``react``, ``location``, ``buttons``,
    ``list``, ``template``, ``typing``. `captions`: the kinds of file that carry a text.
    `free_templates`: the categories, in small letters, of which none is billed now.
    """

    may_write: bool
    max_text: int
    closes_at: datetime | None = None
    refusal: str = ""
    files: Mapping[FileKind, FileLimit] = field(default_factory=dict)
    captions: frozenset[str] = frozenset()
    max_caption: int = 0
    can: frozenset[str] = frozenset()
    free_templates: frozenset[str] = frozenset()

    def kind_for(self, content_type: str, size: int) -> FileKind | None:
        """As what a file can be sent: a picture too large for a photo goes as a document.
        None where it can't be sent at all."""
        for kind, limit in self.files.items():
            if content_type in limit.types and size <= limit.max_bytes:
                return kind
        return None
