"""Whether a channel's settings are right, and whether messages come in: asked at the provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from channels_integration.whatsapp import answers, errors, graph
from channels_integration.whatsapp.payload import mapping, said
from inbox.channels import DeliveryFailed

if TYPE_CHECKING:
    from inbox.models import Channel

WRONG_ACCOUNT = gettext_noop(
    "WhatsApp does not know this WhatsApp Business account ID. Check the channel's settings."
)


def check(channel: Channel) -> str:
    """Look at the number and subscribe the app to its account: a sentence of what works, or
    `DeliveryFailed` of kind ``channel``.

    Without the subscription nothing comes in, however right the webhook address is. A
    permission that is missing for it, or a provider that lacks it, is no failure of the
    channel: it is said.
    """
    number, name = _number(channel)
    connected = _("Connected: %(number)s, %(name)s") % {"number": number, "name": name or "-"}
    account = str(channel.config.get("waba_id") or "")
    if not account:
        return connected
    answer = graph.call("POST", f"{account}/subscribed_apps", channel)
    if 200 <= answer.status < 300:
        told = _("WhatsApp sends what customers write to this app.")
    elif answers.is_unknown_object(answer):
        raise DeliveryFailed("channel", WRONG_ACCOUNT, code="waba_id")
    else:
        told = _(
            "Whether WhatsApp sends what customers write could not be checked: subscribe the app"
            " to the account in the Meta dashboard."
        )
    return f"{connected}. {told}"


def _number(channel: Channel) -> tuple[str, str]:
    """The phone number and verified name behind the settings."""
    path = f"{channel.account_id}?fields=display_phone_number,verified_name"
    answer = graph.call("GET", path, channel)
    found = mapping(answer.json())
    if answer.status != 200:
        raise answers.failure(answer)
    if "display_phone_number" not in found:
        raise DeliveryFailed("channel", errors.NOT_WHATSAPP)
    return said(found["display_phone_number"], 40), said(found.get("verified_name"), 120)
