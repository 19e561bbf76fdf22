"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who works here."""

    name = "accounts"

    def ready(self) -> None:
        """Register subscribers, permissions and commands."""
        from accounts import permissions, shortcuts, subscribers  # noqa: F401
