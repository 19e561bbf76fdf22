"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who works here."""

    name = "accounts"

    def ready(self) -> None:
        """Register subscribers and permissions."""
        from accounts import permissions, subscribers  # noqa: F401
