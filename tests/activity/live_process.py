"""`python -m tests.activity.live_process PORT TIMER`: the live process, with a chosen timer."""

from __future__ import annotations

import os
import sys

os.environ["DATABASE_USE_POOL"] = "1"
os.environ["DATABASE_POOL"] = "4"

import uvicorn

from helpdesk.asgi import application


def main() -> None:
    """Serve until terminated; the timer is what works when no hint arrives."""
    from activity.live import hub

    port, hub.TIMER_SECONDS = int(sys.argv[1]), float(sys.argv[2])  # type: ignore[assignment]
    uvicorn.run(
        application, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1
    )


if __name__ == "__main__":
    main()
