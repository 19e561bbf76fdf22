"""Structured logs, without secrets."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

# What looks like a credential, wherever it stands in a line.
SECRETS = re.compile(
    r"(?i)(bearer\s+|\b[\w-]*(?:password|token|secret|key)"
    r"[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;)}]+"
)


class Redact(logging.Filter):
    """Blanks credentials and line breaks in the message, so that no input forges a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; every record passes."""
        text = SECRETS.sub(r"\1***", record.getMessage())
        record.msg = text.replace("\r", "\\r").replace("\n", "\\n")
        record.args = None
        return True


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    found: dict[str, Any] = getattr(record, "fields", {})
    return found


class Json(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, and the record's fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            line["error"] = SECRETS.sub(r"\1***", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class Text(logging.Formatter):
    """The same for people."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the traceback below it."""
        facts = " ".join(f"{key}={value}" for key, value in _fields(record).items())
        line = f"{record.levelname.lower()} {record.name} {record.getMessage()} {facts}".rstrip()
        if record.exc_info:
            line += "\n" + SECRETS.sub(r"\1***", self.formatException(record.exc_info))
        return line
