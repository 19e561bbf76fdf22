"""Who: workspaces, users, members, departments, roles, permissions and API tokens."""
