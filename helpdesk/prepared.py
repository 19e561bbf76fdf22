"""Queries that are compiled once: the same SQL again, with other values.

Django turns a QuerySet into SQL anew at every use. For what an agent does all day (a row by
its id, a page of messages) that took longer than PostgreSQL needed to answer. See
`docs/decisions/0014-compiled-once.md`.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.db import connections
from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import Expression

from helpdesk.tenancy.context import current_workspace_id
from helpdesk.tenancy.fields import WORKSPACE, compiling_for_any_workspace

Row = TypeVar("Row")


class Slot(Expression):
    """The place of a value in a prepared query; what is put there goes to the driver as it
    is, so it is an id, a text or a moment, and never a model."""

    output_field = BigIntegerField()  # compared with columns only, which have their own type
    allowed_default = True

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Itself as the parameter, until a call replaces it."""
        return "%s", (self,)

    def get_group_by_cols(self) -> list[Any]:
        """A constant groups nothing."""
        return []


def prepared(build: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """Decorates a function that makes a QuerySet of its arguments: it gives the list of rows.

    The function runs once in a process, with a `Slot` for each of its positional arguments, so
    all that differs from call to call has to be one, and stand where SQL has a value. Its
    keyword-only arguments are the shape of the query: it runs once for each of them. The
    tenant filter is filled in anew by every call. Without `prefetch_related`.
    """
    kinds = inspect.signature(build).parameters.values()
    names = [one.name for one in kinds if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    plans: dict[Any, _Plan] = {}

    @wraps(build)
    def rows(*given: Any, **shape: Any) -> list[Row]:
        key = tuple(shape.values())
        plan = plans.get(key)
        if plan is None:
            plan = plans[key] = _Plan(build(*map(Slot, names), **shape))
        return plan.rows(dict(zip(names, given, strict=True)))

    return rows


class _Plan:
    """A QuerySet with the SQL that it was compiled to."""

    def __init__(self, template: QuerySet[Any, Any]) -> None:
        self.template = template
        self.compiler = template.query.get_compiler(using=template.db)
        with compiling_for_any_workspace():
            self.sql, self.parameters = self.compiler.as_sql()

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """What the database says for these values, as Django would give it."""
        parameters = tuple(self._value(each, values) for each in self.parameters)
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[self.template.db]  # this thread's
        compiler.as_sql = lambda *_given, **_named: (self.sql, parameters)
        again: Any = _Again(self.template, compiler)
        rows: Iterable[Any] = self.template._iterable_class(again)  # type: ignore[assignment]
        return list(rows)

    def _value(self, parameter: Any, values: dict[str, Any]) -> Any:
        if parameter is WORKSPACE:
            return current_workspace_id()
        return values[parameter.name] if isinstance(parameter, Slot) else parameter


class _Again:
    """The QuerySet, and its Query, for one call: with a compiler that has done its work."""

    def __init__(self, original: Any, compiler: Any) -> None:
        self._original, self._compiler = original, compiler

    @property
    def query(self) -> _Again:
        """The Query of the QuerySet."""
        return _Again(self._original.query, self._compiler)

    def get_compiler(self, *_given: Any, **_named: Any) -> Any:
        """As the rows ask for it."""
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)
