"""The one way out over HTTP: everything that this product fetches or posts goes through here."""

from helpdesk.egress.client import download, request, upload
from helpdesk.egress.errors import (
    AddressRefused,
    AnswerCompressed,
    AnswerTooLarge,
    EgressError,
    MaybeSent,
    NeverSent,
    TooManyRedirects,
)
from helpdesk.egress.exchange import Answer

__all__ = [
    "AddressRefused",
    "Answer",
    "AnswerCompressed",
    "AnswerTooLarge",
    "EgressError",
    "MaybeSent",
    "NeverSent",
    "TooManyRedirects",
    "download",
    "request",
    "upload",
]
