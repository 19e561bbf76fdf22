"""Sessions and their users: Django's own, looked up by queries that are compiled once."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from helpdesk.prepared import prepared


class SessionStore(DatabaseStore):
    """For `SESSION_ENGINE`: every request of a signed-in person begins with this."""

    def _get_session_from_db(self) -> Session | None:
        found = _session(self.session_key, timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """For `AUTHENTICATION_BACKENDS`: and this comes next."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, if he may still sign in."""
        found = _user(int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@prepared
def _session(key: Any, now: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@prepared
def _user(pk: Any) -> QuerySet[User]:
    return User._default_manager.filter(pk=pk)
