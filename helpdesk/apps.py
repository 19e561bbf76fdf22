"""The project as an app: its commands, template tags and checks."""

from django.apps import AppConfig


class HelpdeskConfig(AppConfig):
    """The bottom stones."""

    name = "helpdesk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever rings a doorbell needs the Celery application; filters may say `__any`."""
        import helpdesk.celery
        import helpdesk.lookups  # noqa: F401
