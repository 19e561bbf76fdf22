"""The expression and the foreign key that keep a row in its workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models.expressions import Expression

from helpdesk.tenancy.context import NestedWorkspace, current_workspace_id

WORKSPACE = object()  # stands for the current workspace in SQL that is compiled for any
_for_any: ContextVar[bool] = ContextVar("helpdesk_for_any_workspace", default=False)


@contextmanager
def compiling_for_any_workspace() -> Iterator[None]:
    """What is compiled here has `WORKSPACE` among its parameters: `helpdesk.prepared` puts the
    current one there at every use."""
    token = _for_any.set(True)
    try:
        yield
    finally:
        _for_any.reset(token)


class CurrentWorkspaceId(Expression):
    """Becomes the current workspace's id when SQL is compiled, and raises
    `NoCurrentWorkspace` where there is none: so also in late, async or bulk paths."""

    output_field = models.BigIntegerField()
    allowed_default = True

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The id as a parameter."""
        return "%s", (WORKSPACE if _for_any.get() else current_workspace_id(),)

    def get_group_by_cols(self) -> list[Any]:
        """A constant groups nothing."""
        return []


class WorkspaceKey(models.ForeignKey):
    """The workspace of a row: filled from the unit of work, and refused if it is another's."""

    def pre_save(self, model_instance: models.Model, add: bool) -> int:
        """Fill or check the id just before it is written; also called by bulk_create."""
        current = current_workspace_id()
        owner = getattr(model_instance, self.attname)
        if owner is None:
            setattr(model_instance, self.attname, current)
        elif owner != current:
            raise NestedWorkspace(f"A row of workspace {owner} in workspace {current}.")
        return current


class TenantKey(models.ForeignKey):
    """A reference to a row of the same workspace.

    The database constraint is the composite one (`CompositeFK`, on workspace and id):
    PostgreSQL does not apply row-level security to foreign keys, so a plain one would
    accept another tenant's row. Index it where a query needs it, workspace first.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options.setdefault("db_constraint", False)
        options.setdefault("db_index", False)
        super().__init__(to, on_delete, **options)
