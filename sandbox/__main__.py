"""Runs the sandbox: `python -m sandbox`."""

from __future__ import annotations

import sys

import uvicorn

from sandbox.app import build
from sandbox.environment import HOST, PORT, SMTP_PORT


def main() -> None:
    """Serve until interrupted; idle connections are kept longer than any client keeps them."""
    sys.stderr.write(f"sandbox: http://{HOST}:{PORT}/ and mail on port {SMTP_PORT}\n")
    uvicorn.run(
        build(smtp_port=SMTP_PORT),
        host=HOST,
        port=PORT,
        log_level="warning",
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
        backlog=1024,
    )


if __name__ == "__main__":
    main()
