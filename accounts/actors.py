"""Who acts when no member does."""

from __future__ import annotations

from typing import Any


class System:
    """The product itself: routing, workers, imports. It has every right, and signs nothing."""

    id = None
    name = ""

    def may(self, permission: str, subject: Any = None) -> bool:
        """Always."""
        return True

    def require(self, permission: str, subject: Any = None) -> None:
        """Never refuses."""


SYSTEM = System()
