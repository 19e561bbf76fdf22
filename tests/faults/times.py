"""How long things took around a kill, from the ledger outside."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from tests.faults.audit import accepted
from tests.faults.book import Book
from tests.faults.evidence import provider_ledger, rows
from tests.faults.product import Product


@dataclass(frozen=True)
class Times:
    """Seconds, where nothing else is said."""

    messages: int
    replies: int
    again: int  # requests that had to be repeated
    answers_503: int
    unknown: int  # replies that may have been sent
    outage: float  # from the kill to the last failed answer
    socket_back: float  # from the kill to the last reconnection
    slowest_answer: float
    shown_late: float  # from the 2xx to the bubble on a socket, the slowest
    sent_late: float  # from the 201 to the provider, the slowest
    drained: float = 0.0

    def __str__(self) -> str:
        """One line for the summary."""
        return "  ".join(f"{name} {value:g}" for name, value in asdict(self).items())


def measure(product: Product, book: Book, who: str, drained: float) -> Times:
    """From the first kill on; `who` is the socket that sees everything."""
    killed = min((line["killed"] for line in book.lines("killed")), default=float("inf"))
    answered = list(book.lines("answered"))
    failed = [line for line in answered if line["status"] == 0 or line["status"] >= 500]
    up = [line["at"] for line in book.lines("socket up") if line["at"] > killed]
    taken = accepted(book)
    late = [shown - taken[wamid] for wamid, shown in first_shown(product, book, who).items()]
    _counts, first = provider_ledger(product)
    replies = {line["client_id"] for line in book.lines("replied")}
    states = rows(
        product,
        "SELECT client_id, uuid::text, state FROM inbox_message WHERE client_id = ANY(%s)",
        list(replies),
    )
    sent = [first[ref] - taken[key] for key, ref, _ in states if ref in first and key in taken]
    return Times(
        messages=sum(1 for _ in book.lines("wrote")),
        replies=len(replies),
        again=len(failed),
        answers_503=sum(line["status"] == 503 for line in failed),
        unknown=sum(state == "unknown" for *_, state in states),
        outage=round(max([0.0, *(line["at"] - killed for line in failed)]), 1),
        socket_back=round(max([at - killed for at in up], default=0.0), 1),
        slowest_answer=round(max(line["ms"] for line in answered) / 1000, 2),
        shown_late=round(max(late, default=0.0), 1),
        sent_late=round(max(sent, default=0.0), 1),
        drained=round(drained, 1),
    )


def first_shown(product: Product, book: Book, who: str) -> dict[str, float]:
    """When each message of a customer stood on this socket first."""
    taken = accepted(book)
    wamids = [line["wamid"] for line in book.lines("wrote") if line["wamid"] in taken]
    known = dict(
        rows(
            product, "SELECT id, external_id FROM inbox_message WHERE external_id = ANY(%s)", wamids
        )
    )
    found: dict[str, float] = {}
    for line in book.lines("shown"):
        if line["who"] == who and line["message"] in known:
            found.setdefault(known[line["message"]], line["at"])
    return found
