"""The one way out over HTTP: everything that this product fetches or posts goes through here."""

from helpdesk.egress.client import Answer, request
from helpdesk.egress.errors import (
    AddressRefused,
    AnswerTooLarge,
    EgressError,
    MaybeSent,
    NeverSent,
    TooManyRedirects,
)

__all__ = [
    "AddressRefused",
    "Answer",
    "AnswerTooLarge",
    "EgressError",
    "MaybeSent",
    "NeverSent",
    "TooManyRedirects",
    "request",
]
