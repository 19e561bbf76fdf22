"""A person's own preferences; global, since they follow him into every workspace."""

from __future__ import annotations

from accounts.models import User


def set_preferences(user: User, *, language: str | None = None, theme: str | None = None) -> None:
    """Set language ('' follows the browser) or theme ('' follows the system)."""
    if language is not None:
        user.language = language
    if theme is not None:
        user.theme = theme
    user.save(update_fields=["language", "theme"])
