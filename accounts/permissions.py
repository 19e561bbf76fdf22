"""The permission registry: each app registers the rules of its own actions.

A rule answers whether a member may do something to a subject (or to the workspace). What
he may *see* is never asked here: that is a query.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models.member import Member

Rule = Callable[[Member, Any], bool]
rules: dict[str, Rule] = {}


def permission(name: str) -> Callable[[Rule], Rule]:
    """Register the rule of a permission."""

    def register(rule: Rule) -> Rule:
        if name in rules:
            raise ValueError(f"Permission {name} has two rules.")
        rules[name] = rule
        return rule

    return register


def allowed(member: Member, name: str, subject: Any = None) -> bool:
    """Ask the rule; a permission that nobody registered is a mistake, not a no."""
    return rules[name](member, subject)


def refuse_unless(permitted: bool, name: str) -> None:
    """Raise `PermissionDenied` (403)."""
    if not permitted:
        raise PermissionDenied(name)


@permission("accounts.manage")
def _manages(member: Member, subject: Any) -> bool:
    return member.administers


@permission("accounts.appoint")
def _appoints(member: Member, role: Any) -> bool:
    """Only an owner makes or unmakes owners."""
    return member.role == "owner" or (member.administers and role != "owner")
