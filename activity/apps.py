"""The activity app."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """The ledger registers itself as the writer of events."""

    name = "activity"

    def ready(self) -> None:
        """Register writer and subscribers."""
        from accounts.actions.keys import sweep_keys
        from activity import due
        from activity.ledger import announce, write
        from helpdesk.events import write_with

        write_with(write, announce)
        due.sweeper(sweep_keys)
