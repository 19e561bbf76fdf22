"""Documents name what is there: a file that moved, or a dependency that came, is told."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from tests.guards.source import ROOT

DOCS = ("map", "adding-a-channel", "events", "message-kinds", "operations", "dependencies")
NAMED = re.compile(r"`([\w./-]+\.(?:py|js|html|css|yaml|md|svg))`")

INSIDE = re.compile(r"`([\w./-]+\.py)` \(`(\w+)`")


def tracked() -> list[str]:
    listed = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True)
    return [f"/{path}" for path in listed.splitlines()]


@pytest.mark.parametrize("name", DOCS)
def test_every_file_that_a_document_names_exists(name: str) -> None:
    files = tracked()
    text = (ROOT / f"docs/{name}.md").read_text()
    gone = {
        path for path in NAMED.findall(text) if not any(file.endswith(f"/{path}") for file in files)
    }
    assert gone == set()


def test_what_a_document_says_is_in_a_file_is_there() -> None:
    files = tracked()
    for name in DOCS:
        for path, word in INSIDE.findall((ROOT / f"docs/{name}.md").read_text()):
            homes = [file for file in files if file.endswith(f"/{path}")]
            assert any(word in (ROOT / home[1:]).read_text() for home in homes), (name, path, word)


def test_the_map_leads_to_every_script() -> None:
    """A newcomer finds the room of what he sees on a page."""
    text = (ROOT / "docs/map.md").read_text()
    scripts = {path.name for path in (ROOT / "static/js").glob("*.js")}
    assert {name for name in scripts if f"`{name}`" not in text} <= ELSEWHERE


# What is used by every page, or by one page of the settings, is told by its own first lines.
ELSEWHERE = {"ui.js", "dialogs.js", "feed.js", "patience.js", "notifications_page.js"}


def test_every_dependency_says_why_it_is_there() -> None:
    told = (ROOT / "docs/dependencies.md").read_text().lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[\[<>=~ ]", line)[0].lower() for group in groups for line in group}
    short = {name.removeprefix("django").removeprefix("-") or name for name in names}
    assert {name for name in short if name not in told} == set()
