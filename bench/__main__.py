"""`make bench`: run the parts, print a table, keep the JSON in `bench/results/`.

`python -m bench webhook live` runs only these parts; `--short` takes a few seconds each and
records nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from bench import fair, floors, live, page, path, report, scale, webhook
from bench.product import Product

PARTS: dict[str, Callable[[Product, bool], dict[str, Any]]] = {
    "floors": floors.measure,
    "webhook": webhook.measure,
    "path": path.measure,
    "live": live.measure,
    "fair": fair.measure,
    "page": page.measure,
    "scale": scale.measure,
}


def main() -> None:
    """Measure against one product on a data folder of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them by default")
    parser.add_argument("--short", action="store_true", help="seconds instead of minutes")
    options = parser.parse_args()
    wanted = options.parts or list(PARTS)
    results: dict[str, Any] = {"machine": report.machine(), "short": options.short}
    with Product() as product:
        for name in wanted:
            print(f"bench    | {name} ...", flush=True)
            results[name] = PARTS[name](product, options.short)
            report.show(name, results[name])
    report.ratios(results)
    if not options.short and not options.parts:
        report.keep(results)


if __name__ == "__main__":
    main()
