"""What was measured, for people and for later."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
PEER_PER_SECOND = 134  # the best of three helpdesks, by form, on this kind of machine

GOALS = {"click_warm": 150, "click_cold": 300}  # milliseconds to the painted thread


def machine() -> dict[str, Any]:
    """What it ran on; no names and no paths."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "processor": _processor(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if "model name" in line), "")


def show(name: str, result: dict[str, Any]) -> None:
    """One line per figure."""
    for key, value in result.items():
        text = " ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else value
        print(f"  {name:<8} {key:<18} {text}", flush=True)


def ratios(results: dict[str, Any]) -> None:
    """Figures that can be compared between machines: ours against a floor of the same run."""
    floors, found = results.get("floors"), {}
    if not floors:
        return
    if "webhook" in results:
        rate = results["webhook"]["per_second"]
        found["webhook / empty view"] = rate / floors["empty_view_8"]["per_second"]
        found["webhook / transaction"] = rate / floors["transactions_8"]["per_second"]
    if "path" in results:
        rate = results["path"]["per_second"]
        found["path / transaction (1 connection)"] = rate / floors["transactions_1"]["per_second"]
        found["path / best peer"] = rate / PEER_PER_SECOND
    if "live" in results:
        found["live p95 / goal of 500 ms"] = results["live"]["p95_ms"] / 500
    if "page" in results:
        for name, goal in GOALS.items():
            found[f"page {name} p95 / goal of {goal} ms"] = results["page"][name]["p95_ms"] / goal
    results["ratios"] = {name: round(value, 3) for name, value in found.items()}
    show("ratios", results["ratios"])


def keep(results: dict[str, Any]) -> None:
    """JSON by date, and `bench/results/latest.md` as a table."""
    RESULTS.mkdir(exist_ok=True)
    day = results["machine"]["at"][:10]
    (RESULTS / f"{day}.json").write_text(json.dumps(results, indent=2) + "\n")
    lines = ["# The last recorded run", "", "Made by `make bench`.", "", "| figure | value |"]
    lines.append("| --- | --- |")
    for part, result in results.items():
        rows = result.items() if isinstance(result, dict) else [("", result)]
        for key, value in rows:
            text = (
                ", ".join(f"{k} {v}" for k, v in value.items())
                if isinstance(value, dict)
                else value
            )
            lines.append(f"| {part} {key} | {text} |")
    (RESULTS / "latest.md").write_text("\n".join(lines) + "\n")
