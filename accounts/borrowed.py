"""Texts of Django whose Indonesian is not like ours. Named here they stand in our catalogue,
which is asked first."""

from __future__ import annotations

from django.utils.translation import gettext_noop

BORROWED = (
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("Your password can’t be entirely numeric."),
)
