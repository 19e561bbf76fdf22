"""The tables of accounts."""

from accounts.models.department import Department, DepartmentMember
from accounts.models.idempotency import IdempotencyKey
from accounts.models.invitation import Invitation
from accounts.models.member import Member, Role, Supervision
from accounts.models.token import ApiToken
from accounts.models.user import User
from accounts.models.workspace import Workspace

__all__ = [
    "ApiToken",
    "Department",
    "DepartmentMember",
    "IdempotencyKey",
    "Invitation",
    "Member",
    "Role",
    "Supervision",
    "User",
    "Workspace",
]
