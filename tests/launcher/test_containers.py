"""The compose file names the same processes as the launcher; no Docker is needed to see that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from helpdesk.launcher.programs import programs

ROOT = Path(__file__).resolve().parents[2]
ENV = {"BIND": "127.0.0.1", "WEB_PORT": "1", "LIVE_PORT": "2", "DATA_DIR": "/data"}


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def test_every_process_of_the_launcher_is_a_container() -> None:
    ours = {program.name for program in programs(ENV, sandbox=False)}
    assert ours < set(compose()["services"])


def test_only_the_migration_knows_the_owners_login() -> None:
    services = compose()["services"]
    knowing = {
        name for name, one in services.items() if "DATABASE_URL" in one.get("environment", {})
    }
    assert knowing == {"migrate"}


def test_every_secret_is_asked_for_in_the_example() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    example = (ROOT / ".env.example").read_text()
    asked = {line.split("=")[0] for line in example.splitlines() if "=" in line and line[0] != "#"}
    used = {part.split("}")[0].split(":")[0] for part in text.split("${")[1:]}
    assert used == asked


def test_volumes_are_declared() -> None:
    document = compose()
    named = {
        volume.split(":")[0]
        for service in document["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith(("./", "/"))
    }
    assert named == set(document["volumes"])
