"""The request of a member, as the middleware hands it to views: for annotations."""

from __future__ import annotations

from django.http import HttpRequest
from rest_framework.request import Request

from accounts.models import Member, Workspace
from accounts.queries import Membership


class MemberRequest(HttpRequest):
    """A request inside a workspace: who asks, and where."""

    member: Member
    workspace: Workspace
    membership: Membership
    request_id: str
    workspace_slug: str


def member_of(request: Request) -> Member:
    """The member who asks the API (its authentication puts him where DRF keeps the user)."""
    member: Member = request.user  # type: ignore[assignment]
    return member
