"""What accounts do about what happens."""

from accounts.events import MemberInvited
from helpdesk.doorbells import ring
from helpdesk.events import Emitted, after_commit


@after_commit(MemberInvited)
def ring_for_mail(workspace_id: int, events: list[Emitted]) -> None:
    """A mail is due."""
    ring("accounts.mail_invitations", workspace_id)
