"""The audit: compares the ledger outside with what is true, and lists every difference."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.faults.book import Book
from tests.faults.evidence import fresh_view, provider_ledger, rows
from tests.faults.product import Product
from tests.faults.sockets import View, Watcher
from tests.faults.traffic import HOME, Traffic

VIEW_LIMIT = 20.0
ENDS = {"sent", "delivered", "read", "unknown", "failed"}
REFUSALS = {400, 401, 403, 404, 422}
Complaints = Iterator[str]


def complaints(product: Product, traffic: Traffic, book: Book) -> list[str]:
    """Everything that is not as promised; an empty list is what we want."""
    return [
        *inbound(product, book),
        *outbound(product, book),
        *answers(book),
        *feed(product),
        *shown(product, traffic, book),
        *views(product, traffic),
    ]


def accepted(book: Book) -> dict[str, float]:
    """When each key was first answered 2xx."""
    found: dict[str, float] = {}
    for line in book.lines("answered"):
        if 200 <= line["status"] < 300 and line["key"]:
            found.setdefault(line["key"], line["at"])
    return found


def inbound(product: Product, book: Book) -> Complaints:
    """Every message answered 2xx exists once, in its workspace, as it was written; of a
    customer there is one contact."""
    wrote = {line["wamid"]: line for line in book.lines("wrote")}
    taken = accepted(book)
    found = rows(
        product,
        "SELECT m.external_id, w.slug, m.text FROM inbox_message m"
        " JOIN accounts_workspace w ON w.id = m.workspace_id WHERE m.external_id = ANY(%s)",
        list(wrote),
    )
    by_id: dict[str, list[tuple[str, str]]] = {}
    for wamid, slug, text in found:
        by_id.setdefault(wamid, []).append((slug, text))
    for wamid, line in wrote.items():
        wanted = [(line["workspace"], line["text"])]
        if wamid not in taken:
            yield f"{wamid} was never taken"
        elif by_id.get(wamid) != wanted:
            yield f"{wamid} was taken, and is there as {by_id.get(wamid)} instead of {wanted}"
    stuck = rows(product, "SELECT id, error FROM inbox_inboundpayload WHERE state <> 'processed'")
    yield from (f"payload {pk} is stuck: {error}" for pk, error in stuck)
    phones = list({line["phone"] for line in wrote.values()})
    doubled = rows(
        product,
        "SELECT value, count(*) FROM contacts_contactidentity WHERE value = ANY(%s)"
        " GROUP BY workspace_id, value HAVING count(*) <> 1",
        phones,
    )
    yield from (f"{count} contacts of {phone}" for phone, count in doubled)


def outbound(product: Product, book: Book) -> Complaints:
    """Every accepted reply reached the provider once, or is marked as doubtful or failed; and
    nothing reached it twice."""
    taken = accepted(book)
    counts, _first = provider_ledger(product)
    yield from (f"the provider got {ref} {n} times" for ref, n in counts.items() if n > 1)
    replies = [line["client_id"] for line in book.lines("replied")]
    found: dict[str, list[tuple[str, str]]] = {}
    for client_id, ref, state in rows(
        product,
        "SELECT client_id, uuid::text, state FROM inbox_message WHERE client_id = ANY(%s)",
        replies,
    ):
        found.setdefault(client_id, []).append((ref, state))
    for client_id in replies:
        messages = found.get(client_id, [])
        if len(messages) != 1 and (client_id in taken or messages):
            yield f"reply {client_id} exists {len(messages)} times"
        for ref, state in messages:
            wanted = {"failed": 0, "unknown": counts[ref]}.get(state, 1)
            if counts[ref] != wanted:
                yield f"reply {client_id} is {state}, and the provider got it {counts[ref]} times"
            elif state not in ENDS:
                yield f"reply {client_id} ended as {state}"


def answers(book: Book) -> Complaints:
    """Nothing but 503 with Retry-After where the product cannot answer; no foreign words."""
    for line in book.lines("answered"):
        status, what = line["status"], f"{line['method']} {line['path']}"
        if status >= 500 and (status != 503 or not line["retry_after"]):
            yield f"{what} answered {status} {line.get('retry_after')}: {line.get('body')}"
        if status in REFUSALS:
            yield f"{what} of {line['who']} answered {status}"
    for line in book.lines("reply ended"):
        if line["status"] != 201:
            yield f"reply {line['client_id']} was given up with {line['status']}"
    yield from (f"{line['who']} saw the canary" for line in book.lines("leak"))


def feed(product: Product) -> Complaints:
    """The numbers of each workspace's ledger have no gap and no double."""
    for workspace, count, first, last, counter in rows(
        product,
        "SELECT e.workspace_id, count(*), min(e.seq), max(e.seq), c.seq"
        " FROM activity_ledgerentry e JOIN activity_feedcounter c USING (workspace_id)"
        " GROUP BY e.workspace_id, c.seq",
    ):
        if (first, last, count) != (1, counter, counter):
            yield f"workspace {workspace}: {count} events from {first} to {last}, not {counter}"


def shown(product: Product, traffic: Traffic, book: Book) -> Complaints:
    """Who sees everything was shown every event of the inbox since his cursor."""
    watcher = traffic.watchers[0]
    if watcher.resets:
        return
    seen = {line["seq"] for line in book.lines("shown") if line["who"] == watcher.who}
    happened = rows(
        product,
        "SELECT e.seq, e.name FROM activity_ledgerentry e"
        " JOIN accounts_workspace w ON w.id = e.workspace_id WHERE w.slug = %s AND e.seq > %s"
        " AND e.seq <= %s AND (e.name LIKE 'message.%%' OR e.name LIKE 'conversation.%%')",
        HOME,
        watcher.first,
        watcher.cursor,
    )
    yield from (f"{watcher.who} missed {seq} {name}" for seq, name in happened if seq not in seen)


def views(product: Product, traffic: Traffic) -> Complaints:
    """What every socket has led to is what a fresh read shows."""
    deadline = time.monotonic() + VIEW_LIMIT
    for watcher in traffic.watchers:
        fresh = fresh_view(product, watcher.person, traffic.customers.phones)
        while different(watcher, fresh) and time.monotonic() < deadline:
            time.sleep(0.5)
            fresh = fresh_view(product, watcher.person, traffic.customers.phones)
        yield from different(watcher, fresh)


def different(watcher: Watcher, fresh: View) -> list[str]:
    """How a socket's view differs from a fresh one, for conversations that began since."""
    if not fresh.rows:
        return [f"{watcher.who}: nothing to compare"]
    oldest = min(fresh.rows)
    numbers = set(fresh.rows) | {number for number in list(watcher.view.rows) if number >= oldest}
    seen = {number: side(watcher.view, number, fresh.facts) for number in numbers}
    true = {number: side(fresh, number, fresh.facts) for number in numbers}
    return [
        f"{watcher.who}: {number} is {seen[number]} instead of {true[number]}"
        for number in sorted(numbers)
        if seen[number] != true[number]
    ]


def side(view: View, number: int, facts: set[int]) -> tuple[object, dict[int, str]]:
    """One conversation in a view, without the facts."""
    messages = dict(view.messages.get(number, {}))
    kept = {pk: state for pk, state in sorted(messages.items()) if pk not in facts}
    return view.rows.get(number), kept
