"""Emoji by their names, in the viewer's language and in English."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import emoji

MOST_FOUND = 24
KNOWN_EVERYWHERE = 13  # Unicode's emoji version of 2020: phones in use can draw it
MOST_USED = [
    "👍",
    "🙏",
    "😊",
    "😂",
    "❤️",
    "🎉",
    "🔥",
    "👌",
    "😅",
    "😢",
    "😍",
    "🙌",
    "👏",
    "✅",
    "❌",
    "⏳",
    "📦",
    "🚚",
    "💳",
    "📞",
    "📧",
    "🕐",
    "⭐",
    "💡",
]


class Emoji(NamedTuple):
    """A character (or several that are one picture) and its name in words."""

    mark: str
    name: str


def found_emojis(text: str, language: str) -> list[Emoji]:
    """Those whose name has all the words of `text`, the plainest first; without words the
    ones that agents use most. `language` is ``id`` or ``en``."""
    names = _names(language)
    words = text.strip().lower().replace("_", " ").split()
    if not words:
        return [Emoji(mark, names[mark][0]) for mark in MOST_USED if mark in names]
    hits = []
    for mark, known in names.items():
        place = min((_place(name, words) for name in known), default=99)
        if place < 99:
            hits.append((place, len(known[0]), mark, known[0]))
    return [Emoji(mark, name) for _place_, _length, mark, name in sorted(hits)[:MOST_FOUND]]


def _place(name: str, words: list[str]) -> int:
    """0 if the name begins like that, 1 if one of its words does, 2 if it is inside; else 99."""
    if not all(word in name for word in words):
        return 99
    if name.startswith(words[0]):
        return 0
    parts = name.split()
    return 1 if all(any(part.startswith(word) for part in parts) for word in words) else 2


@lru_cache(4)
def _names(language: str) -> dict[str, list[str]]:
    """Every emoji without its skin tones: its name in this language, then its others."""
    if language != "en":
        emoji.config.load_language(language)
    found = {}
    for mark, facts in emoji.EMOJI_DATA.items():
        is_whole = facts["status"] == emoji.STATUS["fully_qualified"]
        if not is_whole or _has_tone(mark) or facts["E"] > KNOWN_EVERYWHERE:
            continue
        names = [facts.get(language, ""), facts["en"], *facts.get("alias", [])]
        plain = [name.strip(":").replace("_", " ").lower() for name in names if name]
        found[mark] = list(dict.fromkeys(plain))
    return found


def _has_tone(mark: str) -> bool:
    return any("\U0001f3fb" <= character <= "\U0001f3ff" for character in mark)
