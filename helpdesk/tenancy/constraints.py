"""Row-level security and composite references as constraints of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.db.models import BaseConstraint, Model, UniqueConstraint

SETTING = "(select nullif(current_setting('app.workspace_id', true), ''))::bigint"


class _TableStatement(BaseConstraint):
    """A statement that runs after the table exists; it validates nothing in Python."""

    def statement(self, model: Any, schema_editor: Any) -> str:
        """The SQL."""
        raise NotImplementedError

    def constraint_sql(self, model: type[Model] | None, schema_editor: Any) -> Any:
        """Called inside CREATE TABLE: postpone, since this is no clause of it."""
        self.create_sql(model, schema_editor)

    def create_sql(self, model: type[Model] | None, schema_editor: Any) -> Any:
        """Postpone to the end of the migration, when every table and unique is there."""
        schema_editor.deferred_sql.append(self.statement(model, schema_editor))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database decides."""

    def check(self, model: type[Model], connection: Any) -> list[CheckMessage]:
        """Nothing to check without a database."""
        return []

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash(self.name)


class WorkspacePolicy(_TableStatement):
    """Row-level security: only rows of the workspace that the transaction is stamped with.

    `append_only` leaves out the policies for UPDATE and DELETE, so that nobody but the
    owner login can change a row (the ledger). `column` is the one with the workspace's id.
    """

    def __init__(
        self, *, name: str, append_only: bool = False, column: str = "workspace_id"
    ) -> None:
        super().__init__(name=name)
        self.append_only = append_only
        self.column = column

    def statement(self, model: Any, schema_editor: Any) -> str:
        """ENABLE ROW LEVEL SECURITY and the policies."""
        quote = schema_editor.quote_name
        table, name, rule = quote(model._meta.db_table), self.name, f"{self.column} = {SETTING}"
        policies = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
        if self.append_only:
            policies += [
                f"CREATE POLICY {quote(name + '_read')} ON {table} FOR SELECT USING ({rule})",
                f"CREATE POLICY {quote(name)} ON {table} FOR INSERT WITH CHECK ({rule})",
            ]
        else:
            policies.append(
                f"CREATE POLICY {quote(name)} ON {table} USING ({rule}) WITH CHECK ({rule})"
            )
        return "; ".join(policies)

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        """Drop the policies; the table stays closed (row-level security without a policy)."""
        quote = schema_editor.quote_name
        table = quote(model._meta.db_table)
        names = [self.name, self.name + "_read"] if self.append_only else [self.name]
        return "; ".join(f"DROP POLICY IF EXISTS {quote(n)} ON {table}" for n in names)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """For migrations."""
        path, args, kwargs = super().deconstruct()
        if self.append_only:
            kwargs["append_only"] = True
        if self.column != "workspace_id":
            kwargs["column"] = self.column
        return path, args, kwargs


class CompositeFK(_TableStatement):
    """`(workspace_id, field)` references `(workspace_id, id)` of another tenant table."""

    def __init__(self, *, name: str, field: str) -> None:
        super().__init__(name=name)
        self.field = field

    def statement(self, model: Any, schema_editor: Any) -> str:
        """ADD CONSTRAINT ... FOREIGN KEY, checked at once."""
        quote = schema_editor.quote_name
        field = model._meta.get_field(self.field)
        target = field.remote_field.model._meta.db_table
        return (
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
            f"FOREIGN KEY (workspace_id, {quote(field.column)}) "
            f"REFERENCES {quote(target)} (workspace_id, id)"
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        """Drop it."""
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """For migrations."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}


def tenant_constraints(
    table: str, *references: str, target: bool = True, append_only: bool = False
) -> list[BaseConstraint]:
    """What every tenant table has: its policy, a composite foreign key per reference, and
    (if others refer to it: `target`) the unique `(workspace, id)` that they point at."""
    constraints: list[BaseConstraint] = [
        WorkspacePolicy(name=f"{table}_workspace", append_only=append_only)
    ]
    if target:
        constraints.append(UniqueConstraint(fields=["workspace", "id"], name=f"{table}_key"))
    constraints += [CompositeFK(name=f"{table}_{field}_fk", field=field) for field in references]
    return constraints
