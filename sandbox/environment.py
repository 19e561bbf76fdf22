"""What the sandbox is told by its environment."""

from __future__ import annotations

import os
from pathlib import Path

HOST = os.environ.get("SANDBOX_HOST", "127.0.0.1")
PORT = int(os.environ.get("SANDBOX_PORT", "8002"))
SMTP_PORT = int(os.environ.get("SMTP_PORT", "2525"))
NUMBERS = Path(
    os.environ.get("SANDBOX_NUMBERS") or Path(os.environ.get("DATA_DIR", "data")) / "sandbox.json"
)
STATIC = Path(__file__).parent / "static"
