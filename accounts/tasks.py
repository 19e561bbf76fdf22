"""Celery doors of accounts."""

from __future__ import annotations

import smtplib

from celery import shared_task

from accounts import actions
from accounts.invitations import send_invitation
from accounts.models import Workspace
from helpdesk.doorbells import answered
from helpdesk.tenancy import acting_in


@shared_task(name="accounts.mail_invitations")
def mail_invitations(workspace_id: int) -> None:
    """Send the invitations that are due: claim, mail outside any unit, record."""
    answered("accounts.mail_invitations", workspace_id)
    with acting_in(workspace_id):
        workspace = Workspace.objects.filter(pk=workspace_id).first()
        claimed = actions.claim_mail()
    if workspace is None:
        return
    for invitation in claimed:
        try:
            send_invitation(invitation, workspace)
        except (OSError, smtplib.SMTPException):
            record = actions.mail_failed
        else:
            record = actions.mail_sent
        with acting_in(workspace_id):
            record(invitation)
