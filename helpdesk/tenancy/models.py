"""The base of every model whose rows belong to a workspace."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from helpdesk.tenancy.context import NestedWorkspace, current_workspace_id
from helpdesk.tenancy.fields import CurrentWorkspaceId, WorkspaceKey

Row = TypeVar("Row", bound=models.Model)


class WorkspaceManager(models.Manager[Row]):
    """Every query of it carries the tenant filter, or raises when it is compiled."""

    def get_queryset(self) -> models.QuerySet[Row]:
        """All rows of the current workspace."""
        return super().get_queryset().filter(workspace_id=CurrentWorkspaceId())


class WorkspaceOwned(models.Model):
    """A row of one workspace. Subclasses inherit `Meta` (else related access, refresh and
    delete would use an unfiltered manager) and add `tenant_constraints(...)`."""

    workspace = WorkspaceKey(
        "accounts.Workspace",
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        db_index=False,
    )

    objects: ClassVar[WorkspaceManager[Self]] = WorkspaceManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Only inside its workspace: a row that nothing refers to is deleted by its id
        alone, without any manager."""
        current = current_workspace_id()
        if self.workspace_id not in (None, current):
            raise NestedWorkspace(f"A row of workspace {self.workspace_id} in {current}.")
        return super().delete(*args, **options)
