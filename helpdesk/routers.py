"""Which database login does what."""

from __future__ import annotations

from typing import Any


class OwnerMigrates:
    """The owner login migrates and does nothing else; the app login serves everything."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Always the app login."""
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Always the app login."""
        return "default"

    def allow_relation(self, *objects: Any, **hints: Any) -> bool:
        """One database behind both logins."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only as the owner."""
        return db == "owner"
