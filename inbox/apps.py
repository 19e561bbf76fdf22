"""The inbox app."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """The talking."""

    name = "inbox"

    def ready(self) -> None:
        """Register permissions, subscribers, live fragments and due work."""
        from activity import due
        from inbox import actions, live, permissions, shortcuts, subscribers  # noqa: F401

        due.register("inbox.mail_calls", "hd_due_calls")
        due.register("inbox.wake_snoozed", "hd_due_snoozes")
        due.register("inbox.process_inbound", "hd_due_inbound")
        due.register("inbox.send_outgoing", "hd_due_outgoing")
        due.register("inbox.fetch_attachments", "hd_due_attachments")
        due.sweeper(actions.sweep_call_mails)
        due.register("inbox.run_batches", "hd_due_batches")
        due.sweeper(actions.sweep_batches)
        due.sweeper(actions.sweep_steps)
        due.sweeper(actions.sweep_payloads)
        due.sweeper(actions.sweep_uploads)
