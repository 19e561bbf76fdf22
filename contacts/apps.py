"""The contacts app."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Whom we talk to."""

    name = "contacts"
