"""The place of numbers, read-only, and exports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Nothing lives here yet."""

    name = "reports"
