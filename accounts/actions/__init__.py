"""Every write of accounts."""

from accounts.actions.departments import create_department, retire_department, update_department
from accounts.actions.invitations import (
    accept_invitation,
    claim_mail,
    invite,
    mail_failed,
    mail_sent,
    resend_invitation,
    revoke_invitation,
)
from accounts.actions.members import change_member, deactivate_member, reactivate_member
from accounts.actions.preferences import (
    change_profile,
    set_attention,
    set_keys,
    set_look,
    set_preferences,
    set_welcome,
)
from accounts.actions.tokens import create_token, revoke_token
from accounts.actions.workspaces import found_workspace

__all__ = [
    "accept_invitation",
    "change_member",
    "change_profile",
    "claim_mail",
    "create_department",
    "create_token",
    "deactivate_member",
    "found_workspace",
    "invite",
    "mail_failed",
    "mail_sent",
    "reactivate_member",
    "resend_invitation",
    "retire_department",
    "revoke_invitation",
    "revoke_token",
    "set_attention",
    "set_keys",
    "set_look",
    "set_preferences",
    "set_welcome",
    "update_department",
]
