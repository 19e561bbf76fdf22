"""The pages that exist and how each looks in every language, theme and size."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product as combinations
from typing import Any

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
TABLET = {"width": 768, "height": 1024}
WORKSPACE = "/w/toko-nusantara"

ENTRANCE = {"login": "/account/login/", "reset": "/account/password/reset/"}
ADMIN = {
    "switcher": "/?stay",
    "inbox-queue": f"{WORKSPACE}/inbox/?view=queue",
    "inbox-all": f"{WORKSPACE}/inbox/?view=all",
    "inbox-archive": f"{WORKSPACE}/inbox/?view=resolved",
    "inbox-nothing-found": f"{WORKSPACE}/inbox/?q=xyzzy",
    "inbox-mentioned": f"{WORKSPACE}/inbox/?view=mentioned",
    "inbox-snoozed": f"{WORKSPACE}/inbox/?view=snoozed",
    "inbox-filtered": f"{WORKSPACE}/inbox/?view=all&unread=true",
    "filter": f"{WORKSPACE}/inbox/filter/",
    "labels": f"{WORKSPACE}/settings/labels/",
    "quick-replies": f"{WORKSPACE}/settings/quick-replies/",
    "members": f"{WORKSPACE}/settings/members/",
    "invite": f"{WORKSPACE}/settings/invitations/",
    "departments": f"{WORKSPACE}/settings/departments/",
    "profile": f"{WORKSPACE}/settings/profile/",
    "notifications": f"{WORKSPACE}/settings/notifications/",
    "keys": f"{WORKSPACE}/settings/keys/",
    "tokens": f"{WORKSPACE}/settings/tokens/",
    "channels": f"{WORKSPACE}/settings/channels/",
    "channel-connect": f"{WORKSPACE}/settings/channels/connect/whatsapp/",
    "channel": f"{WORKSPACE}/settings/channels/1/",
    "channel-templates": f"{WORKSPACE}/settings/channels/1/templates/",
    "payloads": f"{WORKSPACE}/settings/channels/1/payloads/",
    "security": "/account/2fa/",
    "security-totp": "/account/2fa/totp/activate/",
    "sessions": "/account/sessions/",
    "password": "/account/password/change/",
    "not-found": f"{WORKSPACE}/inbox/999999/",
}


@dataclass(frozen=True)
class Look:
    """One way to look at a page."""

    language: str
    theme: str
    size: dict[str, int]

    @property
    def name(self) -> str:
        return f"{self.language}-{self.theme}-{self.size['width']}"

    @property
    def options(self) -> dict[str, Any]:
        """For a browser context."""
        fingers = {"has_touch": True, "is_mobile": True} if self.size["width"] < 800 else {}
        return {
            "viewport": self.size,
            "color_scheme": self.theme,
            "locale": {"id": "id-ID", "en": "en-GB"}[self.language],
            **fingers,
        }


LOOKS = [
    Look(language, theme, size)
    for language, theme, size in combinations(("id", "en"), ("light", "dark"), (WIDE, PHONE))
]
