"""What the provider's error codes mean: one table for answers and for failed statuses.

The sentences are stored in English and translated where they are shown, since the
process that meets an error does not know who will read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop as _

from inbox.channels import Failure


class Meaning(NamedTuple):
    """What follows from an error code. Where the kind is ``wait``: `wait_seconds` at the first
    attempt, times `growth` at each further one; `whole_channel` holds the others back too."""

    kind: Failure
    message: str
    wait_seconds: int = 0
    growth: int = 1
    whole_channel: bool = False


RECONNECT = _("WhatsApp no longer accepts this channel's access token. Reconnect the channel.")
PERMISSION = _("This channel's access token lacks a permission. Reconnect the channel.")
NOT_REGISTERED = _("This phone number is not registered with WhatsApp. Register it again.")
RESTRICTED = _("WhatsApp has restricted this business account. Check it in the Meta dashboard.")
PAYMENT = _("WhatsApp needs a valid payment method for this account.")
SPAM = _("WhatsApp stopped this number because of too many spam reports.")
TOO_FAST = _("Too many messages at once. It is sent a little later.")
PAIR = _("Too many messages to this customer in a short time. It is sent a little later.")
BUSY = _("WhatsApp is busy or being maintained. It is sent a little later.")
TRY_AGAIN = _("WhatsApp had a problem. It is tried again.")
WINDOW = _("The 24-hour window has closed. Wait for the customer to write, or use a template.")
REJECTED = _("WhatsApp did not accept this message.")
BAD_TYPE = _("WhatsApp does not support this kind of message.")
MEDIA = _("WhatsApp could not process the file.")
DISPLAY_NAME = _("This number's display name is not approved yet.")
NO_BSUID = _("This message needs the customer's phone number, which is not known.")
TEMPLATE = _("The template does not fit: check its name, language and values.")
FLOW = _("The form of this template does not work.")
TEMPLATE_PAUSED = _("This template is paused or disabled because of low quality.")
IDENTITY = _("The customer's identity changed. Confirm it before you write again.")
UNREACHABLE = _("The customer can't be reached on WhatsApp (no account, blocked, or old app).")
SELF = _("A number can't write to itself.")
TEST_LIST = _("This number may only write to its list of test recipients.")
ECOSYSTEM = _("WhatsApp holds this message back to protect the customer. Do not send it again.")
OPTED_OUT = _("The customer stopped marketing messages from this business.")
COUNTRY = _("This business may not write to customers in this country.")
UNCERTAIN = _(
    "WhatsApp did not confirm this message. It may have been sent: check before resending."
)
NOT_SENT = _("WhatsApp could not be reached. It is tried again.")
NOT_WHATSAPP = _("This address does not answer like WhatsApp. Check the channel's settings.")
WRONG_NUMBER = _("WhatsApp does not know this phone number ID. Check the channel's settings.")
NO_ADDRESS = _("This customer has no WhatsApp address.")


def _rows(codes: Iterable[int], kind: Failure, message: str) -> dict[int, Meaning]:
    return dict.fromkeys(codes, Meaning(kind, message))


def _waits(
    codes: Iterable[int], message: str, wait: int, growth: int = 1, *, everybody: bool = True
) -> dict[int, Meaning]:
    return dict.fromkeys(codes, Meaning("wait", message, wait, growth, everybody))


MEANINGS: dict[int, Meaning] = {
    **_rows(range(200, 300), "channel", PERMISSION),
    **_rows([0, 190, 131005], "channel", RECONNECT),
    **_rows([3, 10], "channel", PERMISSION),
    **_rows([131045, 133010], "channel", NOT_REGISTERED),
    **_rows([368, 131031, 131064], "channel", RESTRICTED),
    **_rows([131042, 131044], "channel", PAYMENT),
    **_rows([131048], "channel", SPAM),
    **_waits([4, 17, 32, 613, 80007], TOO_FAST, 60, 2),
    **_waits([130429], TOO_FAST, 5, 2),
    **_waits([131056], PAIR, 4, 4, everybody=False),
    **_waits([133016], BUSY, 3600),
    **_waits([131057], BUSY, 300),
    **_rows([2, 131000, 131001, 131002, 131016], "retry", TRY_AGAIN),
    **_rows([131047], "message", WINDOW),
    **_rows([100, 131008, 131009, 131063], "message", REJECTED),
    **_rows([131051], "message", BAD_TYPE),
    **_rows([131052, 131053], "message", MEDIA),
    **_rows([131037], "message", DISPLAY_NAME),
    **_rows([131062], "message", NO_BSUID),
    **_rows([132000, 132001, 132005, 132007, 132008, 132012, 132018], "message", TEMPLATE),
    **_rows([132015, 132016], "message", TEMPLATE_PAUSED),
    **_rows([132068, 132069], "message", FLOW),
    **_rows([137000], "message", IDENTITY),
    **_rows([131026], "recipient", UNREACHABLE),
    **_rows([131021], "recipient", SELF),
    **_rows([131030], "recipient", TEST_LIST),
    **_rows([130472, 131049], "recipient", ECOSYSTEM),
    **_rows([131050], "recipient", OPTED_OUT),
    # The account goes on working for everybody else, so the queue is not held.
    **_rows([130497], "recipient", COUNTRY),
}
UNKNOWN_CODE = Meaning("message", REJECTED)


def explain(code: Any) -> Meaning:
    """The meaning of a code from the wire; an unknown one rejects this message only."""
    if isinstance(code, str) and code.isascii() and code.isdigit() and len(code) < 10:
        code = int(code)
    if isinstance(code, bool) or not isinstance(code, int):
        return UNKNOWN_CODE
    return MEANINGS.get(code, UNKNOWN_CODE)
