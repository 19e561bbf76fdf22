"""The mail of an invitation."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Invitation, Workspace
from helpdesk.links import absolute, workspace_url


def link(invitation: Invitation, workspace: Workspace) -> str:
    """Where the invited person accepts."""
    return absolute(workspace_url(workspace.slug, "invitation", invitation.token))


def send_invitation(invitation: Invitation, workspace: Workspace) -> None:
    """Mail it in the workspace's language; raises what SMTP raises. The Message-ID is the
    nonce's, so that a second attempt is not a second mail."""
    with translation.override(workspace.language):
        subject = _("Join %(workspace)s") % {"workspace": " ".join(workspace.name.split())}
        context = {
            "invitation": invitation,
            "workspace": workspace,
            "link": link(invitation, workspace),
        }
        body = render_to_string("accounts/mail/invitation.txt", context)
    message_id = f"<invitation-{invitation.nonce}@helpdesk>"
    EmailMessage(subject, body, to=[invitation.email], headers={"Message-ID": message_id}).send()
