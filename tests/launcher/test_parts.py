"""The launcher's small parts: ports, places, stamps, translations."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from helpdesk.launcher.folder import DataFolder
from helpdesk.launcher.places import open_to_others
from helpdesk.launcher.ports import any_free, is_free, remembered
from helpdesk.launcher.prepare import STEPS, Stamps


def test_a_port_is_remembered_until_somebody_takes_it(tmp_path: Path) -> None:
    memory = tmp_path / "ports.json"
    port = remembered(memory, "postgres")
    assert remembered(memory, "postgres") == port
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert not is_free(port)
        assert remembered(memory, "postgres") != port


def test_a_free_port_lies_below_those_of_outgoing_connections() -> None:
    assert 20_000 <= any_free() < 32_000


def test_a_private_folder_is_not_open_to_others(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    assert not open_to_others(private / "data")


def test_secrets_are_made_once(tmp_path: Path) -> None:
    first = DataFolder(tmp_path).secrets()
    assert DataFolder(tmp_path).secrets() == first
    assert set(first) == {"SECRET_KEY", "FIELD_KEYS"}


@pytest.mark.parametrize(
    ("changed", "stale"),
    [("SECRET_KEY", ["database", "demo"]), ("WEB_PORT", ["demo"])],
)
def test_steps_are_repeated_when_their_settings_change(
    tmp_path: Path, changed: str, stale: list[str]
) -> None:
    env = {"SECRET_KEY": "a", "WEB_PORT": "b", "DATA_DIR": str(tmp_path)}
    (tmp_path / "static").mkdir()
    (tmp_path / "sandbox.json").touch()
    steps = [step for step in STEPS if step != "translations"]
    stamps = Stamps(tmp_path / "prepared.json", env)
    assert stamps.stale(steps) == steps
    stamps.remember(steps)
    assert Stamps(tmp_path / "prepared.json", env).stale(steps) == []
    other = Stamps(tmp_path / "prepared.json", {**env, changed: "c"})
    assert other.stale(steps) == stale


def test_missing_results_are_made_again(tmp_path: Path) -> None:
    env = {"DATA_DIR": str(tmp_path)}
    stamps = Stamps(tmp_path / "prepared.json", env)
    stamps.remember(["static"])
    assert stamps.stale(["static"]) == ["static"]
