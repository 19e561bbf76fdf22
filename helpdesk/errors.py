"""The one domain error."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The world does not allow it now (someone else took it, the window is closed).

    `code` is for programs and stable, `message` is for people and translated, `facts` are
    what a page needs to explain it. Doors answer 409 with it.
    """

    def __init__(self, code: str, message: Any, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.facts = facts
