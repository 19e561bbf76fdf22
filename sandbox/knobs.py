"""What the sandbox does wrong on purpose."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass
class Knobs:
    """`*_next` count down to zero; the others stay as they are set."""

    fail_next: int = 0
    fail_code: int = 131000
    fail_late: bool = False  # accepted, and the failure comes as a status
    garbage_next: int = 0  # a 500 with an HTML page
    silent_next: int = 0  # accepted, and never answered
    offline: bool = False
    token_revoked: bool = False  # every call of the Graph API answers 401/190
    delay_ms: int = 0
    per_second: int = 0  # throughput of a number, 0 for no limit
    per_pair: int = 0  # messages in six seconds to one customer, 0 for no limit
    twice: bool = False  # every webhook comes twice
    shuffled: bool = False  # statuses come in any order
    statuses: bool = True
    media_fail_next: int = 0  # calls for files that answer `fail_code`
    media_cut_next: int = 0  # downloads that break off in the middle
    media_gone: bool = False  # no media id is known any more
    media_url_seconds: int = 300  # how long the address of a file works
    bsuid_refused: str = "authentication"  # kinds and categories that need a phone: 131062
    window_open: bool = False  # free text is taken at any time, from strangers too
    template_held: bool = False  # templates are held for a quality assessment

    def shown(self) -> dict[str, Any]:
        return asdict(self)

    def turn(self, wanted: dict[str, Any]) -> None:
        """Set what is named; ValueError for an unknown name or a value of another type."""
        kinds = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        for name, value in wanted.items():
            if kinds.get(name) is not type(value) or (type(value) is int and value < 0):
                raise ValueError(f"{name} can't be {value!r}")
        for name, value in wanted.items():
            setattr(self, name, value)

    def take(self, name: str) -> bool:
        """Count one of the `*_next` knobs down; whether there was one left."""
        left: int = getattr(self, name)
        if left > 0:
            setattr(self, name, left - 1)
        return left > 0
