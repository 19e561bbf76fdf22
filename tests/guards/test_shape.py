"""Small files, small functions, and a sentence for everything that others call."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from statistics import median

import pytest

from tests.guards.source import ROOT, modules

MOST_LINES = 400
MOST_FUNCTION_LINES = 50
WITHOUT_DOCSTRINGS = "helpdesk/launcher/"  # its steps are called by their names alone
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = {}
    for pattern in ("*.py", "*.html", "*.js", "*.css"):
        for path in ROOT.glob(f"*/**/{pattern}"):
            inside = path.relative_to(ROOT).parts
            generated = {".venv", "migrations", "data", "node_modules", "locale"} & set(inside)
            if not generated and (lines := len(path.read_text().splitlines())) > MOST_LINES:
                long[str(path.relative_to(ROOT))] = lines
    assert not long


def test_nothing_is_merged_by_half() -> None:
    marked = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    kinds = ("*.py", "*.html", "*.txt", "*.js", "*.css", "*.po", "*.md", "*.yaml")
    found = [path for kind in kinds for path in ROOT.glob(f"*/**/{kind}")]
    ours = [path for path in found if not {".venv", "data"} & set(path.relative_to(ROOT).parts)]
    assert [path for path in ours if marked.search(path.read_text())] == []


def test_most_files_are_short() -> None:
    lengths = [len((ROOT / path).read_text().splitlines()) for path in modules()]
    assert median(lengths) < 60
    assert sum(length < 200 for length in lengths) / len(lengths) >= 0.95


def test_functions_fit_on_a_screen() -> None:
    long = {
        f"{path} {node.name}": lines
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > MOST_FUNCTION_LINES
    }
    assert not long


def test_every_module_says_what_it_is() -> None:
    silent = [
        path
        for path, tree in modules(migrations=True).items()
        if tree.body and not ast.get_docstring(tree) and "0001_initial" not in path
    ]
    assert not silent


def test_every_public_function_and_class_has_a_docstring() -> None:
    assert not [f"{path} {node.name}" for path, node in _public() if not ast.get_docstring(node)]


def _public() -> Iterator[tuple[str, Documented]]:
    for path, tree in modules().items():
        for node in tree.body if not path.startswith(WITHOUT_DOCSTRINGS) else []:
            if isinstance(node, Documented) and not node.name.startswith("_"):
                yield path, node


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "core", "services", "misc"])
def test_what_has_no_name_has_no_home(word: str) -> None:
    homes = [path for path in modules() if word in path.removesuffix(".py").split("/")]
    assert not homes


def test_no_two_browser_tests_have_a_customer_in_common() -> None:
    """They share one product: a number that is known is somebody else's already."""
    seen: dict[str, set[str]] = {}
    series: list[str] = []  # those whose last digits are counted
    for path in sorted((ROOT / "tests" / "browser").glob("test_*.py")):
        for phone, end in re.findall(r"\"(628\d{7,12})([\"{])", path.read_text()):
            seen.setdefault(phone, set()).add(path.name)
            series += [phone] if end == "{" else []
    assert {phone: names for phone, names in seen.items() if len(names) > 1} == {}
    for one in series:
        assert [phone for phone in seen if phone.startswith(one)] == [one]


def test_no_merge_was_left_half_done() -> None:
    marks = ("<" * 7 + " ", ">" * 7 + " ")
    places = [
        root / name for root in (ROOT / "templates", ROOT / "static") for name in root.rglob("*")
    ]
    places += [ROOT / path for path in modules(migrations=True)]
    torn = [
        str(path)
        for path in places
        if path.suffix in {".py", ".html", ".js", ".css", ".txt"}
        and any(line.startswith(marks) for line in path.read_text().splitlines())
    ]
    assert not torn
