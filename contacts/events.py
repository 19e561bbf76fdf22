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


@event("contacts.merged")
class ContactsMerged(Event):
    """Two contacts turned out to be one person: whatever refers to `dropped_id` is `kept_id`'s."""

    kept_id: int
    dropped_id: int


@event("identity.replaced")
class IdentityReplaced(Event):
    """An address is about to go because the same contact has `new_id`; what refers to
    `old_id` refers to `new_id`."""

    old_id: int
    new_id: int
