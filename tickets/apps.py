"""The place of the work on a case: Ticket, Status, Category, forms, escalation, merge."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """Nothing lives here yet."""

    name = "tickets"
