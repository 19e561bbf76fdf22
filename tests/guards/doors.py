"""Every door of the product, and what each kind of visitor gets there.

A row is a route: its methods, each with a status per actor in the order of `ACTORS`, and
what is sent along. In a route's arguments and in what is sent, a name in angle brackets is
one of `Things`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ACTORS = ("nobody", "stranger", "sari", "gita", "nona", "supervisor", "admin")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# Who sees what: every member · administrators · who sees sari's conversation · who may take
# from Support's queue. Nobody is sent to sign in, a stranger learns nothing.
ALL = "302 404 200 200 200 200 200"
GO = "302 404 302 302 302 302 302"
ADMIN = "302 404 403 403 403 403 200"
ADMIN_GO = "302 404 403 403 403 403 302"
ADMIN_WRONG = "302 404 403 403 403 403 422"
STEER = "302 404 403 403 403 200 200"
STEER_WRONG = "302 404 403 403 403 422 422"
SEEN = "302 404 200 404 404 200 200"
SEEN_GO = "302 404 302 404 404 302 302"
SEEN_OK = "302 404 200 404 404 200 200"
SEEN_WRONG = "302 404 422 404 404 422 422"
QUEUE_GO = "302 404 302 404 404 404 302"
SEATED_GO = "302 404 302 302 403 302 302"  # whoever answers customers
VIEW = "302 404 200 404 404 404 404"  # a view of sari's own
VIEW_GO = "302 404 302 404 404 404 404"
OPEN = "200 200 200 200 200 200 200"
API_ALL = "401 404 200 200 200 200 200"
API_SEEN = "401 404 200 404 404 200 200"
API_SEEN_WRONG = "401 404 400 404 404 400 400"  # no file
API_SEATED = "401 404 201 201 403 201 201"  # whoever answers customers
API_MADE = "401 404 201 404 404 201 201"
API_QUEUE = "401 404 200 404 404 404 200"
API_FREE = "401 404 403 404 404 404 200"  # to release what is in the queue: who steers


@dataclass(frozen=True)
class Door:
    """One route: statuses by method, the arguments of its path, and what a POST says."""

    answers: dict[str, str]
    path: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)


def get(answer: str = ALL, **path: str) -> Door:
    return Door({"GET": answer}, path)


def post(answer: str, says: dict[str, str] | None = None, **path: str) -> Door:
    return Door({"POST": answer}, path, says or {})


def both(shown: str, done: str, says: dict[str, str] | None = None, **path: str) -> Door:
    return Door({"GET": shown, "POST": done}, path, says or {})


HANDLED = {"number": "handled"}
MESSAGE = {"number": "handled", "message_id": "message"}
HEARD = {"number": "handled", "message_id": "heard"}
TEMPLATE = {"template": "<template>", "value:body.1": "Rahmat"}
DRAFT = {"kind": "note", "text": "Baik", "base": "0", "writer": "page", "step": "1"}
TRANSFER = {"to": "member:<mate>"}
QUICK = {"shortcut": "salam", "title": "Salam", "text": "Halo", "for_whom": "own"}
WRONG = {"name": ""}
SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()
PROFILE = {"name": "Sari", "language": "en", "theme": "auto", "density": "compact"}

PAGES = {
    "": get(GO),
    "inbox/": get(),
    "inbox/counts/": get(),
    "inbox/notices/": get(),
    "inbox/find/": get(),
    "inbox/own/": get(),
    "inbox/quick-replies/": get(),
    "inbox/emoji/": get(),
    "inbox/<int:number>/quick-replies/<int:pk>/use/": post(
        VIEW, number="handled", pk="quick_reply"
    ),
    "inbox/practice/": post(SEATED_GO),
    "inbox/welcome/": post(GO, {"hide": "1"}),
    "inbox/expired/": both(STEER, STEER_WRONG),
    "inbox/filter/": get(),
    "inbox/selection/": get(),
    "inbox/bulk/": post("302 404 200 200 403 200 200", {"operation": "accept", "items": "1"}),
    "inbox/bulk/<slug:operation>/": get(operation="transfer"),
    "inbox/batches/<uuid:uuid>/": get(VIEW, uuid="batch"),
    "inbox/batches/<uuid:uuid>/cancel/": post(VIEW, uuid="batch"),
    "inbox/batches/<uuid:uuid>/dismiss/": post(VIEW, uuid="batch"),
    "inbox/batches/<uuid:uuid>/undo/": post(VIEW, uuid="batch"),
    "inbox/undo/<uuid:uuid>/": post(VIEW_GO, uuid="step"),
    "inbox/rows/": get(),
    "inbox/views/": both(ALL, GO, {"name": "Pagi", "sharing": "own"}),
    "inbox/views/sizes/": get(),
    "inbox/views/<int:pk>/": both(VIEW, VIEW_GO, {"name": "Sore", "sharing": "own"}, pk="view"),
    "inbox/views/<int:pk>/delete/": post(VIEW_GO, pk="view"),
    "inbox/<int:number>/": get(SEEN, **HANDLED),
    "inbox/<int:number>/thread/": get(SEEN, **HANDLED),
    "inbox/<int:number>/contact/": post(SEEN_GO, {"field": "note", "value": "VIP"}, **HANDLED),
    "inbox/<int:number>/contact/detail/": post(SEEN_GO, {"label": "Ukuran"}, **HANDLED),
    "inbox/<int:number>/accept/": post(QUEUE_GO, number="queued"),
    "inbox/<int:number>/release/": post(SEEN_GO, **HANDLED),
    "inbox/<int:number>/transfer/": both(SEEN, SEEN_GO, TRANSFER, **HANDLED),
    "inbox/<int:number>/resolve/": post(SEEN_GO, **HANDLED),
    "inbox/<int:number>/snooze/": both(SEEN, SEEN_GO, {"choice": "tomorrow"}, **HANDLED),
    "inbox/<int:number>/wake/": post(SEEN_GO, **HANDLED),
    "inbox/<int:number>/labels/": both(SEEN, SEEN_GO, {"labels": "<label>"}, **HANDLED),
    "inbox/<int:number>/reply/": post(SEEN_GO, {"text": "Baik"}, **HANDLED),
    "inbox/<int:number>/note/": post(SEEN_GO, {"text": "Catatan"}, **HANDLED),
    "inbox/<int:number>/read/": post(SEEN_GO, **HANDLED),
    "inbox/<int:number>/unread/": post("302 404 302 404 404 403 403", **HANDLED),
    "inbox/<int:number>/presence/": post(SEEN_OK, **HANDLED),
    "inbox/<int:number>/people/": get(SEEN, **HANDLED),
    "inbox/<int:number>/mentions/read/": post(SEEN_OK, **HANDLED),
    "inbox/<int:number>/draft/": post(SEEN_OK, DRAFT, **HANDLED),
    "inbox/<int:number>/template/": both(SEEN, SEEN_GO, TEMPLATE, **HANDLED),
    "inbox/<int:number>/compose/<slug:kind>/": get(SEEN, kind="location", **HANDLED),
    "inbox/<int:number>/typing/": post("302 404 204 404 404 204 204", **HANDLED),
    "inbox/<int:number>/attachments/": both(SEEN, SEEN_WRONG, **HANDLED),
    "inbox/<int:number>/attachments/<uuid:uuid>/discard/": post(SEEN_GO, uuid="upload", **HANDLED),
    "inbox/<int:number>/attachments/<uuid:uuid>/fetch/": post(SEEN_GO, uuid="file", **HANDLED),
    "inbox/attachments/<uuid:uuid>/": get(SEEN, uuid="file"),
    "inbox/attachments/<uuid:uuid>/thumb/": get(SEEN, uuid="file"),
    "inbox/attachments/<uuid:uuid>/view/": get(SEEN, uuid="file"),
    "inbox/<int:number>/messages/<int:message_id>/retry/": post(SEEN_GO, **MESSAGE),
    "inbox/<int:number>/messages/<int:message_id>/discard/": post(SEEN_GO, **MESSAGE),
    "inbox/<int:number>/messages/<int:message_id>/react/": post(SEEN_GO, {"emoji": "👍"}, **HEARD),
    "inbox/<int:number>/messages/<int:message_id>/contacts/<int:index>/save/": post(
        SEEN_GO, number="handled", message_id="cards", index="0"
    ),
    "settings/": get(GO),
    "settings/profile/": both(ALL, GO, PROFILE),
    "settings/keys/": both(ALL, GO, {"single_keys": "on"}),
    "settings/notifications/": both(ALL, GO, {"tone": "bell", "volume": "30"}),
    "settings/look/": post(ALL, {"list_width": "300"}),
    "settings/members/": get(ADMIN),
    "settings/members/<int:pk>/": both(ADMIN, ADMIN_GO, {"role": "agent"}, pk="budi"),
    "settings/members/<int:pk>/activity/": post(ADMIN_GO, pk="budi"),
    "settings/invitations/": both(ADMIN, ADMIN_GO, {"email": "x@y.example", "role": "agent"}),
    "settings/invitations/<int:pk>/resend/": post(ADMIN_GO, pk="invitation"),
    "settings/invitations/<int:pk>/revoke/": post(ADMIN_GO, pk="invitation"),
    "settings/departments/": both(ADMIN, ADMIN_GO, {"name": "New"}),
    "settings/departments/<int:pk>/": both(ADMIN, ADMIN_GO, {"name": "New"}, pk="department"),
    "settings/departments/<int:pk>/retire/": post(ADMIN_GO, pk="department"),
    "settings/tokens/": both(ALL, ALL, {"name": "program"}),
    "settings/tokens/<int:pk>/revoke/": post("302 404 404 404 404 404 302", pk="token"),
    "settings/channels/": get(ADMIN),
    "settings/channels/connect/<slug:kind>/": both(ADMIN, ADMIN_WRONG, WRONG, kind="whatsapp"),
    "settings/channels/<int:pk>/": both(ADMIN, ADMIN_WRONG, WRONG, pk="channel"),
    "settings/channels/<int:pk>/test/": post(ADMIN_GO, pk="channel"),
    "settings/channels/<int:pk>/disconnect/": post(ADMIN_GO, pk="channel"),
    "settings/channels/<int:pk>/templates/": get(ADMIN, pk="channel"),
    "settings/channels/<int:pk>/templates/sync/": post(ADMIN_GO, pk="channel"),
    "settings/channels/<int:pk>/payloads/": get(ADMIN, pk="channel"),
    "settings/channels/<int:pk>/payloads/<int:payload_id>/replay/": post(
        ADMIN_GO, pk="channel", payload_id="payload"
    ),
    "settings/quick-replies/": both(ALL, SEATED_GO, QUICK),
    "settings/quick-replies/<int:pk>/": both(VIEW, VIEW_GO, QUICK, pk="quick_reply"),
    "settings/quick-replies/<int:pk>/activity/": post(VIEW_GO, pk="quick_reply"),
    "settings/quick-replies/<int:pk>/delete/": post(VIEW_GO, pk="quick_reply"),
    "settings/quick-replies/<int:pk>/file/": post(VIEW_GO, pk="quick_reply"),
    "settings/labels/": both(ADMIN, ADMIN_GO, {"name": "Retur", "hue": "3"}),
    "settings/labels/<int:pk>/": both(ADMIN, ADMIN_GO, {"name": "Lain", "hue": "3"}, pk="label"),
    "settings/labels/<int:pk>/activity/": post(ADMIN_GO, pk="label"),
    "invitation/<str:token>/": both(
        OPEN, "422 422 422 422 422 422 422", WRONG, token="invitation_token"
    ),
}
API = {
    "api/v1/me/": get(API_ALL),
    "api/v1/members/": get(API_ALL),
    "api/v1/departments/": get(API_ALL),
    "api/v1/channels/": get(API_ALL),
    "api/v1/schema/": get(API_ALL),
    "api/v1/conversations/": get(API_ALL),
    "api/v1/conversations/<int:number>/": get(API_SEEN, **HANDLED),
    "api/v1/conversations/<int:number>/messages/": both(
        API_SEEN, API_MADE, {"text": "Baik"}, **HANDLED
    ),
    "api/v1/conversations/<int:number>/attachments/": post(API_SEEN_WRONG, **HANDLED),
    "api/v1/conversations/<int:number>/messages/<int:message_id>/reaction/": Door(
        {"PUT": API_SEEN}, {"number": "handled", "message_id": "heard"}, {"emoji": "👍"}
    ),
    "api/v1/attachments/<uuid:uuid>/": get(API_SEEN, uuid="file"),
    "api/v1/channels/<int:channel_id>/templates/": get(API_ALL, channel_id="channel"),
    "api/v1/conversations/<int:number>/assignment/": Door(
        {"POST": API_QUEUE, "DELETE": API_FREE}, {"number": "queued"}
    ),
    "api/v1/conversations/<int:number>/transfer/": post(API_SEEN, {"member": "<mate>"}, **HANDLED),
    "api/v1/conversations/<int:number>/closure/": post(API_SEEN, **HANDLED),
    "api/v1/conversations/<int:number>/read/": Door(
        {"PUT": API_SEEN, "DELETE": "401 404 200 404 404 403 403"}, HANDLED
    ),
    "api/v1/drafts/": get(API_ALL),
    "api/v1/mentions/": get(API_ALL),
    "api/v1/conversations/<int:number>/drafts/": get(API_SEEN, **HANDLED),
    "api/v1/conversations/<int:number>/drafts/<slug:kind>/": Door(
        {"PUT": API_SEEN}, {**HANDLED, "kind": "note"}, {"version": "0", "text": "Baik"}
    ),
    "api/v1/conversations/<int:number>/mentions/": Door(
        {"GET": API_SEEN, "DELETE": "401 404 204 404 404 204 204"}, HANDLED
    ),
    "api/v1/conversations/<int:number>/contact/": Door(
        {"GET": API_SEEN, "PATCH": API_SEEN},
        HANDLED,
        {"field": "note", "value": "VIP"},
    ),
    "api/v1/conversations/<int:number>/contact/details/": Door(
        {"PUT": API_SEEN}, HANDLED, {"label": "Ukuran"}
    ),
    "api/v1/conversations/<int:number>/snooze/": Door(
        {"PUT": API_SEEN, "DELETE": API_SEEN}, HANDLED, {"until": SOON}
    ),
}
API |= {
    "api/v1/conversations/bulk/": post(
        "401 404 201 201 403 201 201", {"operation": "accept", "conversations": "<numbers>"}
    ),
    "api/v1/batches/<uuid:uuid>/": Door(
        {"GET": "401 404 200 404 404 404 404", "DELETE": "401 404 200 404 404 404 404"},
        {"uuid": "batch"},
    ),
    "api/v1/views/": Door(
        {"GET": API_ALL, "POST": "401 404 201 201 201 201 201"}, {}, {"name": "Pagi"}
    ),
    "api/v1/views/<int:view_id>/": Door(
        {"PUT": "401 404 200 404 404 404 404", "DELETE": "401 404 204 404 404 404 404"},
        {"view_id": "view"},
        {"name": "Sore"},
    ),
    "api/v1/quick-replies/": Door(
        {"GET": API_ALL, "POST": API_SEATED},
        {},
        {k: v for k, v in QUICK.items() if k != "for_whom"},
    ),
    "api/v1/labels/": Door(
        {"GET": API_ALL, "POST": "401 404 403 403 403 403 201"}, {}, {"name": "Retur"}
    ),
    "api/v1/conversations/<int:number>/labels/": Door(
        {"PUT": API_SEEN}, HANDLED, {"labels": "<labels>"}
    ),
}
ROOT = {
    "": get("302 302 302 302 302 302 302"),
    "preferences/": post("302 302 302 302 302 302 302"),
    "hooks/<slug:kind>/<str:token>": both(
        "403 403 403 403 403 403 403",
        "401 401 401 401 401 401 401",
        kind="whatsapp",
        token="channel_token",
    ),
    "health/live": get(OPEN),
    "health/ready": get(OPEN),
}
ANY_METHOD = {"": "a redirect", "health/live": "reads nothing", "health/ready": "reads only"}
GROUPS = {"account/": "django-allauth's own pages, about the signed-in person alone"}


def routes(urlconf: str) -> set[str]:
    """Every route of a URL configuration, as it is written."""
    return set(_walk(get_resolver(urlconf), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _walk(pattern, route)


def filled(text: str, things: dict[str, Any]) -> Any:
    """`member:<mate>` with his id in it; a text that is a thing alone becomes its value."""
    for name, value in things.items():
        if text == f"<{name}>":
            return value
        text = text.replace(f"<{name}>", str(value))
    return text


def address(route: str, door: Door, things: dict[str, Any]) -> str:
    """The path of a route with its arguments put in."""
    for parameter, name in door.path.items():
        value = str(things.get(name, name))
        for converter in ("int", "str", "slug", "uuid"):
            route = route.replace(f"<{converter}:{parameter}>", value)
    return route
