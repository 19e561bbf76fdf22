"""What happens to contacts."""

from helpdesk.events import Event, event


@event("contact.created")
class ContactCreated(Event):
    """Somebody wrote for the first time."""

    contact_id: int


@event("contact.changed")
class ContactChanged(Event):
    """Fields of a contact changed; which, not what they say."""

    contact_id: int
    changed: list[str]
