"""What can go wrong on the way out; the two branches tell whether the other side may know."""

from __future__ import annotations


class EgressError(Exception):
    """A request that brought no answer."""


class NeverSent(EgressError):
    """Not a byte of the request left this machine: trying again can't double anything."""


class AddressRefused(NeverSent):
    """The URL, or an address behind its name, is not one that we talk to."""


class MaybeSent(EgressError):
    """The request went out and no whole answer came back: it may have been carried out."""


class AnswerTooLarge(MaybeSent):
    """The answer was longer than the caller allows."""


class AnswerCompressed(AnswerTooLarge):
    """The answer came compressed: how large it is nobody knows."""


class TooManyRedirects(MaybeSent):
    """The answer pointed elsewhere more often than we follow, or to a weaker protocol."""
