"""Sign-in through django-allauth, with two differences: nobody signs himself up, and
signing out closes sockets."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from helpdesk import hints


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People join by invitation; workspaces are founded by the operator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The email address or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False

    def logout(self, request: HttpRequest) -> None:
        """Whoever signs out hears nothing more, in no window of that session."""
        session_key = request.session.session_key
        super().logout(request)
        if session_key:
            hints.publish_sign_out(session_key)
