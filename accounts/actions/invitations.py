"""Inviting people by mail."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.events import InvitationRevoked, MemberInvited, MemberJoined
from accounts.models import Department, DepartmentMember, Invitation, Member, User
from helpdesk.errors import Refused
from helpdesk.events import action, emit

LIFETIME = timedelta(days=7)
MAIL_LEASE = timedelta(minutes=2)
MAIL_ATTEMPTS = 8
ALREADY_INVITED = gettext_lazy("This person is already invited; resend it instead.")


@action
def invite(*, by: Any, email: str, role: str, departments: Iterable[Department] = ()) -> Invitation:
    """Invite an address. `Refused` with ``already_member`` or ``already_invited``."""
    by.require("accounts.manage")
    by.require("accounts.appoint", role)
    address = email.strip().lower()
    if Member.objects.filter(user__email=address).exists():
        raise Refused("already_member", _("This person is already a member."))
    if Invitation.objects.filter(email=address, accepted_at=None, revoked_at=None).exists():
        raise Refused("already_invited", ALREADY_INVITED)
    now = timezone.now()
    invitation = Invitation(
        email=address,
        role=role,
        department_ids=[department.pk for department in departments],
        invited_by=by if isinstance(by, Member) else None,
        expires_at=now + LIFETIME,
        mail_due_at=now,
    )
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:  # another administrator was faster by a moment
        raise Refused("already_invited", ALREADY_INVITED) from error
    emit(MemberInvited(invitation.pk, role), audience={"w"}, by=by)
    return invitation


@action
def resend_invitation(invitation: Invitation, *, by: Any) -> Invitation:
    """Mail it again with a new link; the older link ends."""
    by.require("accounts.manage")
    locked = _open(invitation)
    now = timezone.now()
    locked.nonce = uuid.uuid4()
    locked.expires_at, locked.mail_due_at = now + LIFETIME, now
    locked.mailed_at, locked.mail_attempts = None, 0
    locked.save()
    emit(MemberInvited(locked.pk, locked.role), audience={"w"}, by=by)
    return locked


@action
def revoke_invitation(invitation: Invitation, *, by: Any) -> Invitation:
    """Take it back: the link ends."""
    by.require("accounts.manage")
    locked = _open(invitation)
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    emit(InvitationRevoked(locked.pk), audience={"w"}, by=by)
    return locked


@action
def accept_invitation(
    invitation: Invitation, *, user: User | None, name: str = "", password: str = ""
) -> Member:
    """Become a member: as the signed-in `user` of that address, or as a new user.

    The link is the proof of the address, so a new user needs no further mail.
    `Refused("sign_in_first")` if the address has a user and somebody else, or nobody, is here.
    """
    locked = _open(invitation)
    known = User.objects.filter(email=locked.email).first()
    if known and (user is None or user.pk != known.pk):
        raise Refused("sign_in_first", _("Sign in with the invited address first."))
    person = known or User.objects.create_user(locked.email, password, name=name.strip())
    member = Member.objects.create(user=person, name=person.name or person.email, role=locked.role)
    existing = Department.objects.filter(pk__in=locked.department_ids, is_active=True)
    DepartmentMember.objects.bulk_create(
        DepartmentMember(department=department, member=member) for department in existing
    )
    locked.accepted_at = timezone.now()
    locked.save(update_fields=["accepted_at"])
    emit(MemberJoined(member.pk, member.role), audience={"w"}, by=member)
    return member


def _open(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.revoked_at:
        raise Refused("invitation_used", _("This invitation has been used or taken back."))
    return locked


@action
def claim_mail(limit: int = 5) -> list[Invitation]:
    """Take due mails for two minutes; a worker that dies lets them fall due again."""
    now = timezone.now()
    due = Invitation.objects.filter(
        mail_due_at__lte=now, mailed_at=None, accepted_at=None, revoked_at=None
    )
    claimed = list(due.select_for_update(skip_locked=True).order_by("mail_due_at")[:limit])
    Invitation.objects.filter(pk__in=[row.pk for row in claimed]).update(
        mail_due_at=now + MAIL_LEASE
    )
    return claimed


@action
def mail_sent(invitation: Invitation) -> None:
    """The mail server took it."""
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now(), mail_due_at=None)


@action
def mail_failed(invitation: Invitation) -> None:
    """Try again later, twice as long each time; give up after `MAIL_ATTEMPTS`."""
    attempts = invitation.mail_attempts + 1
    later = timezone.now() + timedelta(minutes=2**attempts)
    Invitation.objects.filter(pk=invitation.pk).update(
        mail_attempts=attempts, mail_due_at=later if attempts < MAIL_ATTEMPTS else None
    )
