"""Puts the sandbox together: the provider's API, the customers' page, the mailbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiosmtpd.smtp import SMTP
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import mail
from sandbox.customers import changing, company, people, sending, state
from sandbox.environment import HOST, NUMBERS, STATIC
from sandbox.graph import media, messages, nodes
from sandbox.provider import Provider

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:;"
    " frame-ancestors 'none'; base-uri 'none'"
)


def build(numbers: Path = NUMBERS, smtp_port: int = 0) -> Starlette:
    """The application; it catches mail at `smtp_port` (0: nowhere)."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        provider = Provider(numbers)
        app.state.provider = provider
        app.state.mailbox = mail.Mailbox(provider)
        smtp = await _listen_for_mail(app.state.mailbox, smtp_port) if smtp_port else None
        yield
        if smtp:
            smtp.close()
        await provider.close()

    return Starlette(
        routes=ROUTES, lifespan=lifespan, exception_handlers={HTTPException: _in_words}
    )


async def _listen_for_mail(mailbox: mail.Mailbox, port: int) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(mailbox, hostname="sandbox", enable_SMTPUTF8=True, loop=loop),
        HOST,
        port,
    )


async def _in_words(request: Request, error: Exception) -> Response:
    told = error if isinstance(error, HTTPException) else HTTPException(500)
    return JSONResponse({"error": told.detail}, told.status_code)


def _page(name: str) -> Route:
    async def show(request: Request) -> Response:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return FileResponse(STATIC / f"{name}.html", headers=headers)

    return Route("/" if name == "phone" else f"/{name}", show)


async def health(request: Request) -> Response:
    """GET /healthz: for the launcher."""
    return JSONResponse({"numbers": len(request.app.state.provider.numbers.all())})


def _post(path: str, door: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, door, methods=["POST"])


CHAT = "/api/chats/{number}/{customer}"
ROUTES = [
    Route("/{version}/{number_id}/messages", messages.messages, methods=["POST"]),
    _page("phone"),
    _page("mail"),
    Route("/healthz", health),
    Route("/ledger", state.ledger),
    Route("/api/state", state.state),
    Route("/api/events", state.events),
    Route("/api/knobs", state.knobs, methods=["GET", "POST"]),
    Route("/api/media/{id}", state.media),
    Route(CHAT, state.chat),
    _post(f"{CHAT}/seen", state.seen),
    _post(f"{CHAT}/window", state.window),
    _post("/api/customers", people.add),
    _post("/api/customers/change", people.change),
    _post("/api/customers/phone", people.phone),
    _post("/api/groups", people.group),
    _post("/api/customers/send", sending.send),
    _post("/api/customers/location", sending.location),
    _post("/api/customers/contact", sending.contact),
    _post("/api/customers/tap", sending.tap),
    _post("/api/customers/react", changing.react),
    _post("/api/customers/edit", changing.edit),
    _post("/api/customers/revoke", changing.revoke),
    _post("/api/echo", company.echo),
    Route("/api/templates", company.templates, methods=["GET", "POST"]),
    _post("/api/account", company.account),
    _post("/api/webhooks", company.webhook),
    Route("/api/mails", mail.listing),
    Route("/api/mails/{id:int}", mail.one),
    Mount("/static", StaticFiles(directory=STATIC)),
    Route(media.PATH, media.download),
    Route("/{version}/debug_token", nodes.debug_token),
    Route("/{version}/{number_id}/media", media.upload, methods=["POST"]),
    Route("/{version}/{number_id}/message_templates", nodes.templates),
    Route(
        "/{version}/{number_id}/subscribed_apps",
        nodes.subscription,
        methods=["GET", "POST", "DELETE"],
    ),
    Route("/{version}/{number_id}", nodes.node, methods=["GET", "DELETE"]),
]
