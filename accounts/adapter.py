"""Sign-in through django-allauth, with one difference: nobody signs himself up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People join by invitation; workspaces are founded by the operator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False
