"""Which workspace this code acts for, and both locks that hold it there.

First lock: the ORM (`WorkspaceOwned`, `CurrentWorkspaceId`). Second lock: row-level
security in PostgreSQL (`WorkspacePolicy`). `acting_in` opens both for one workspace and is
the unit of work: one transaction whose events are numbered and written at its end.
"""

from helpdesk.tenancy.context import (
    NestedWorkspace,
    NoCurrentWorkspace,
    Unit,
    acting_in,
    current_unit,
    current_workspace_id,
    inside_unit,
    outside_unit,
)

__all__ = [
    "NestedWorkspace",
    "NoCurrentWorkspace",
    "Unit",
    "acting_in",
    "current_unit",
    "current_workspace_id",
    "inside_unit",
    "outside_unit",
]
