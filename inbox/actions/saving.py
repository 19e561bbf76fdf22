"""Saving, changing and deleting views."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Department, Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.events import ViewChanged
from inbox.models import SavedView
from inbox.queries.saved import saved_views

MOST_VIEWS = 50


@action
def save_view(
    *,
    by: Member,
    name: str,
    query: str,
    sharing: str = SavedView.Sharing.OWN,
    department: Department | None = None,
) -> SavedView:
    """Keep a filter under a name. `Refused`: ``too_many_views``."""
    if sharing != SavedView.Sharing.OWN:
        by.require("inbox.share_views")
    if saved_views(by).filter(owner=by).count() >= MOST_VIEWS:
        told = _("You have %(most)d views already. Delete one that you do not need any more.")
        raise Refused("too_many_views", told % {"most": MOST_VIEWS})
    view = SavedView(owner=by, query=query)
    _set(view, name, sharing, department)
    view.save()
    _tell(view, by, ["created"])
    return view


@action
def edit_view(
    view: SavedView, *, by: Member, name: str, sharing: str, department: Department | None = None
) -> SavedView:
    """Rename it, or share it with others."""
    row = SavedView.objects.select_for_update().get(pk=view.pk)
    by.require("inbox.edit_view", row)
    before = (row.sharing, row.department_id)
    _set(row, name, sharing, department)
    if (row.sharing, row.department_id) != before:
        by.require("inbox.share_views")
    row.save(update_fields=["name", "sharing", "department"])
    _tell(row, by, ["name", "sharing"])
    return row


@action
def delete_view(view: SavedView, *, by: Member) -> None:
    """Forget it; the conversations are not concerned."""
    row = SavedView.objects.select_for_update().get(pk=view.pk)
    by.require("inbox.edit_view", row)
    _tell(row, by, ["deleted"])
    row.delete()


def _set(view: SavedView, name: str, sharing: str, department: Department | None) -> None:
    with_department = sharing == SavedView.Sharing.DEPARTMENT
    if with_department and department is None:
        raise Refused("no_department", _("Choose a department."))
    view.name, view.sharing = name.strip(), sharing
    view.department = department if with_department else None


def _tell(view: SavedView, by: Any, changed: list[str]) -> None:
    audience = {"w", f"p:{view.owner_id}"}
    emit(ViewChanged(view.pk, changed), audience=audience, by=by)
