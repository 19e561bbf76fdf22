"""Making and ending API tokens."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from accounts.events import TokenCreated, TokenRevoked
from accounts.models import ApiToken, Member
from helpdesk.events import action, emit


@action
def create_token(*, by: Member, name: str) -> tuple[ApiToken, str]:
    """A token that acts as its maker. The text is returned once and kept nowhere."""
    text = "hd_" + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        member=by,
        name=name.strip(),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        hint=text[-4:],
    )
    emit(TokenCreated(token.pk), audience={"w", f"p:{by.pk}"}, by=by)
    return token, text


@action
def revoke_token(token: ApiToken, *, by: Member) -> None:
    """It ends at once; its maker or an administrator may do it."""
    if token.member_id != by.pk:
        by.require("accounts.manage")
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        emit(TokenRevoked(token.pk), audience={"w", f"p:{token.member_id}"}, by=by)
