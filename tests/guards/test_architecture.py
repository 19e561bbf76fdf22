"""The rules of the house that a reader of the source can check."""

from __future__ import annotations

import ast
import re

import pytest

from tests.guards.source import ROOT, calls, modules, owned, places, room

WRITES = {
    "save",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "delete",
    "asave",
    "acreate",
    "aget_or_create",
    "aupdate_or_create",
    "abulk_create",
    "abulk_update",
    "adelete",
    "aupdate",
}
WRITING_ROOMS = {"actions", "models", "management"}
WRITES_ELSEWHERE = {
    ("helpdesk/doorbells.py", "answered"): "a key in Valkey, no row",
    ("inbox/attachments/storing.py", "_save"): "bytes in the storage, no row",
    ("inbox/attachments/storing.py", "forget_keys"): "bytes in the storage, no row",
    ("inbox/attachments/pictures.py", "_written"): "a picture into memory",
    ("helpdesk/tenancy/models.py", "WorkspaceOwned"): "the check before every delete",
}
BELLS = {"ring", "delay", "apply_async", "send_task"}
BELLS_ELSEWHERE = {
    ("helpdesk/doorbells.py", "ring"): "the doorbell itself",
    ("helpdesk/doorbells.py", "tell"): "the doorbell for what is not worth a row",
    ("helpdesk/turns.py", "Turn"): "others asked for the turn while it was held",
    ("inbox/drains/threads.py", "ThreadedDrain"): "a drain whose time is up asks for the next one",
    ("inbox/hooks.py", "webhook"): "after its units have committed",
    ("activity/tasks.py", "ring_due"): "the beat that rings again for what is overdue",
    ("inbox/tasks.py", "run_batches"): "a drain whose time is up asks for the next one",
    ("inbox/tasks.py", "process_inbound"): "a drain whose time is up asks for the next one",
}
BUILT_SQL = {
    "activity/ledger.py": "column names and row numbers of this module",
    "activity/tasks.py": "the name of a database function, from activity.due.kinds",
    "helpdesk/tenancy/constraints.py": "names of tables and columns, quoted by the schema editor",
    "helpdesk/management/commands/provision.py": "composed by psycopg.sql",
}
SQL = re.compile(
    r"(?i)\s*(select|insert|update|delete|with|alter|create|drop|grant|revoke|truncate)\s"
)
BY_ID = {
    ("inbox/hooks.py", "webhook"): "the id came from the door's own look-up by token",
    ("helpdesk/management/commands/seed_demo.py", "Command"): "the operator's own command",
}
NETWORK = {"httpx", "httpcore", "requests", "urllib3", "aiohttp", "http.client", "urllib.request"}


def test_rows_are_written_by_actions_only() -> None:
    def writes(name: str, call: ast.Call) -> bool:
        by_keywords = name == "update" and bool(call.keywords)
        return isinstance(call.func, ast.Attribute) and (name in WRITES or by_keywords)

    elsewhere = {place for place in places(writes) if room(place[0]) not in WRITING_ROOMS}
    assert elsewhere == set(WRITES_ELSEWHERE)


def test_only_subscribers_after_the_commit_ring_a_doorbell() -> None:
    found = places(lambda name, _call: name in BELLS)
    for path, owner in found - set(BELLS_ELSEWHERE):
        assert room(path) == "subscribers", f"{path} {owner} rings"
        (function,) = [node for name, node in owned(modules()[path]) if name == owner]
        decorators = [name for item in function.decorator_list for name, _ in calls(item)]  # type: ignore[attr-defined]
        assert decorators == ["after_commit"], f"{path} {owner} rings inside the transaction"
    assert set(BELLS_ELSEWHERE) <= found


# What an escaping template of the other engine made is not to be escaped again.
CALLED_ELSEWHERE = {"mark_safe": {("inbox/fragments.py", "_render")}}


@pytest.mark.parametrize("name", ["on_commit", "mark_safe", "group_send", "extra", "receiver"])
def test_nobody_calls(name: str) -> None:
    """No hook that runs where a rollback forgets it, no unescaped text, no channel layer,
    no raw SQL in querysets, no signals."""
    assert places(lambda called, _call: called == name) == CALLED_ELSEWHERE.get(name, set())


def test_nothing_is_timed_in_the_queue() -> None:
    timed = {"eta", "countdown"}
    assert not places(lambda _name, call: bool(timed & {key.arg for key in call.keywords}))


def test_safe_strings_are_made_of_constants_only() -> None:
    def made(name: str, call: ast.Call) -> bool:
        constant = all(isinstance(argument, ast.Constant) for argument in call.args)
        return name in ("SafeString", "SafeText") and not constant

    assert not places(made)


def test_sql_is_never_built_from_strings() -> None:
    found = set()
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and SQL.match(_beginning(node)):
                found.add(path)
            if isinstance(node, ast.Call) and _is_execute_of_pieces(node):
                found.add(path)
    assert found == set(BUILT_SQL)


def _beginning(node: ast.JoinedStr) -> str:
    first = node.values[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _is_execute_of_pieces(call: ast.Call) -> bool:
    if not (isinstance(call.func, ast.Attribute) and call.func.attr in ("execute", "executemany")):
        return False
    return bool(call.args) and isinstance(call.args[0], (ast.BinOp, ast.JoinedStr))


def test_filters_and_orders_are_never_named_by_a_request() -> None:
    def open_ended(name: str, call: ast.Call) -> bool:
        spread = any(key.arg is None for key in call.keywords)
        if name == "order_by":
            return any(not isinstance(argument, ast.Constant) for argument in call.args)
        return name in ("filter", "exclude", "aggregate", "annotate", "values") and spread

    assert not places(open_ended)


def test_rows_are_fetched_by_id_in_actions_and_queries_only() -> None:
    def by_id(name: str, call: ast.Call) -> bool:
        keys = {key.arg for key in call.keywords}
        return name in ("get", "aget") and bool(keys & {"pk", "id"})

    elsewhere = {p for p in places(by_id) if room(p[0]) not in ("actions", "queries")}
    assert elsewhere <= set(BY_ID)


def test_models_have_no_hooks() -> None:
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and room(path) == "models":
                names = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
                assert not names & {"save", "delete", "asave", "adelete", "full_clean"}, path
            if isinstance(node, ast.ImportFrom):
                assert "signals" not in (node.module or ""), path


def test_api_views_say_what_they_do() -> None:
    for path, tree in modules().items():
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert not names & {"ModelViewSet", "GenericViewSet", "CreateModelMixin"}, path


def test_nobody_but_the_egress_client_speaks_http() -> None:
    for path, tree in modules().items():
        if path.startswith(("helpdesk/egress/", "helpdesk/launcher/")):
            continue
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not NETWORK & set(names), path


def test_nobody_believes_a_forwarded_address() -> None:
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"(?i)forwarded[-_]for|x[-_]real[-_]ip", node.value), path


def test_a_session_setting_is_never_set_for_longer_than_its_transaction() -> None:
    for path in sorted(ROOT.glob("*/**/*.py")):
        if path.parts[len(ROOT.parts)] in ("tests", ".venv", "bench"):
            continue
        text = path.read_text()
        assert not re.search(r"(?i)\bset\s+(session\s+)?app\.workspace_id", text), path
        for call in re.findall(r"set_config\([^)]*\)", text):
            assert call.endswith(", true)"), path


def test_domain_rooms_do_not_know_requests_and_pages() -> None:
    web = {"django.http", "django.shortcuts", "django.views", "django.template"}
    for path, tree in modules().items():
        if room(path) not in ("actions", "queries", "models", "events", "permissions", "routing"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert not any((node.module or "").startswith(name) for name in web), path
