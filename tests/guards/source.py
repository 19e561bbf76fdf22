"""The product's source as the guards read it: files, syntax trees, and who calls what."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts",
    "activity",
    "channels_integration",
    "contacts",
    "helpdesk",
    "inbox",
    "knowledgebase",
    "observe",
    "reports",
    "tickets",
)


@cache
def modules(migrations: bool = False) -> dict[str, ast.Module]:
    """Every module of the product by its path; the tests, sandbox and bench are not product."""
    found = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                found[str(path.relative_to(ROOT))] = ast.parse(path.read_text())
    return found


@cache
def templates() -> dict[str, str]:
    """Every HTML and text template by its path."""
    paths = sorted((ROOT / "templates").rglob("*.*"))
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of the called name: `x.objects.create()` is ``create``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def places(test: Callable[[str, ast.Call], bool], **options: bool) -> set[tuple[str, str]]:
    """Where a call that passes `test` stands: (path, innermost top-level name)."""
    return {
        (path, owner)
        for path, tree in modules(**options).items()
        for owner, node in owned(tree)
        for name, call in calls(node)
        if test(name, call)
    }


def owned(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """The top-level statements of a module, each with the name that it defines, or ''."""
    for node in tree.body:
        yield getattr(node, "name", ""), node


def room(path: str) -> str:
    """Which room of its app a module is: `inbox/actions/writing.py` is ``actions``."""
    parts = Path(path).with_suffix("").parts
    return parts[1] if len(parts) > 1 else parts[0]
