"""Every write of contacts."""

from contacts.actions.editing import edit_contact, set_detail
from contacts.actions.identifying import (
    Identified,
    identify,
    merge_contacts,
    move_identity,
    save_contact,
    still_stands,
)

__all__ = [
    "Identified",
    "edit_contact",
    "identify",
    "merge_contacts",
    "move_identity",
    "save_contact",
    "set_detail",
    "still_stands",
]
