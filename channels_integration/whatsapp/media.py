"""Files to and from the provider, piece by piece: a film never lies in memory as a whole."""

from __future__ import annotations

import hashlib
import time
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp import answers, errors, graph
from channels_integration.whatsapp.bodies import NO_FILE
from channels_integration.whatsapp.files import digest, harmless, size_of
from channels_integration.whatsapp.payload import mapping, said
from helpdesk import egress
from inbox.channels import DeliveryFailed, OutgoingFile, RemoteFile

if TYPE_CHECKING:
    from inbox.models import Channel

STARTING_SECONDS = 30.0
BYTES_A_SECOND = 1_000_000
FETCH_SECONDS = 140.0  # for everything, at most
ASK_SECONDS = 10.0
NO_LONGER = frozenset({400, 401, 403, 404, 410})
# A table of commas is a plain text, and is taken only under that name.
SPELLINGS = {"text/csv": "text/plain"}

GONE = _("WhatsApp no longer has this file.")
TOO_LARGE = _("The file is larger than we store.")
NOT_FETCHED = _("The file could not be fetched. It is tried again.")
CHANGED = _("The file arrived damaged. It is fetched again.")
ELSEWHERE = _("The file lies at an address that we do not fetch from.")


def upload(file: OutgoingFile, channel: Channel, attempt: int) -> str:
    """Bring a file and return its id. Nothing is sent to anybody by that, so whatever goes
    wrong on the way is tried again, never ``unknown``."""
    kind = SPELLINGS.get(file.content_type, file.content_type)
    fields = {"messaging_product": "whatsapp", "type": kind}
    seconds = STARTING_SECONDS + file.size / BYTES_A_SECOND
    try:
        with file.open() as opened:
            named = (harmless(file.name) or "file", opened, kind)
            path = f"{channel.account_id}/media"
            answer = graph.upload(path, channel, fields, named, seconds=seconds)
        return _id_of(answer, attempt)
    except FileNotFoundError as error:
        raise DeliveryFailed("message", NO_FILE, code="no-file") from error
    except OSError as error:
        raise DeliveryFailed("retry", errors.TRY_AGAIN, code="no-file") from error
    except DeliveryFailed as failure:
        raise _repeatable(failure) from failure


def fetch(file: RemoteFile, channel: Channel, into: IO[bytes], max_bytes: int) -> None:
    """Write the file into `into`: ask where it lies, go there with our token.

    The address lives for five minutes; where it has died meanwhile we ask once more.
    """
    ends_at = time.monotonic() + FETCH_SECONDS
    for is_last in (False, True):
        told = _described(file, channel)
        if max(size_of(told.get("file_size")) or 0, file.size or 0) > max_bytes:
            raise DeliveryFailed("message", TOO_LARGE, code="file-size")
        checked = Checked(into)
        seconds = max(ends_at - time.monotonic(), 1.0)
        answer = _download(said(told.get("url"), 4000), channel, checked, max_bytes, seconds)
        if 200 <= answer.status < 300:
            known = {file.sha256, digest(told.get("sha256"))} - {""}
            if known and checked.digest() not in known:
                raise DeliveryFailed("retry", CHANGED, code="sha256")
            return
        if is_last or answer.status not in NO_LONGER:
            raise _refused(answer)


class Checked:
    """Writes on, and sums up what it wrote."""

    def __init__(self, into: IO[bytes]) -> None:
        self._into = into
        self._sum = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """As of any open file."""
        self._sum.update(data)
        return self._into.write(data)

    def digest(self) -> str:
        """SHA-256 of everything so far, in hex."""
        return self._sum.hexdigest()


def _described(file: RemoteFile, channel: Channel) -> dict[str, Any]:
    """What the provider says of a file now: url, size, sum."""
    path = f"{quote(file.remote_id, safe='')}?phone_number_id={channel.account_id}"
    try:
        answer = graph.call("GET", path, channel, seconds=ASK_SECONDS)
        if 200 <= answer.status < 300:
            told = mapping(answer.json())
            if not told.get("url"):
                raise DeliveryFailed("retry", NOT_FETCHED, code="answer")
            return told
        failure = answers.failure(answer)
        if failure.code in {"100", "131052"}:
            raise DeliveryFailed("message", GONE, code=failure.code)
        raise failure
    except DeliveryFailed as failure:
        raise _repeatable(failure) from failure


def _download(
    url: str, channel: Channel, into: Checked, max_bytes: int, seconds: float
) -> egress.Answer:
    try:
        return egress.download(
            url, into, headers=graph.bearer(channel), max_bytes=max_bytes, seconds=seconds
        )
    except egress.AddressRefused as error:
        raise DeliveryFailed("message", ELSEWHERE, code="address") from error
    except egress.AnswerCompressed as error:
        raise DeliveryFailed("retry", NOT_FETCHED, code="compressed") from error
    except egress.AnswerTooLarge as error:
        raise DeliveryFailed("message", TOO_LARGE, code="file-size") from error
    except egress.EgressError as error:
        raise DeliveryFailed("retry", NOT_FETCHED, code="no-answer") from error


def _refused(answer: egress.Answer) -> DeliveryFailed:
    """The place where the file lies did not give it."""
    code = f"http-{answer.status}"
    if answer.status in {404, 410}:
        return DeliveryFailed("message", GONE, code=code)
    if answer.status == 429:
        wait = answers.told_wait(answer) or 60
        return DeliveryFailed("wait", NOT_FETCHED, code=code, wait_seconds=wait)
    return DeliveryFailed("retry", NOT_FETCHED, code=code)


def _id_of(answer: egress.Answer, attempt: int) -> str:
    if not 200 <= answer.status < 300:
        failure = answers.failure(answer, attempt)
        if failure.code == "100" and failure.kind == "message":
            raise DeliveryFailed("message", errors.MEDIA, code=failure.code)
        raise failure
    found = said(mapping(answer.json()).get("id"), 200)
    if not found:
        raise DeliveryFailed("retry", errors.TRY_AGAIN, code="answer")
    return found


def _repeatable(failure: DeliveryFailed) -> DeliveryFailed:
    """The same failure; where it is doubtful whether it worked, it may simply be repeated."""
    if failure.kind != "unknown":
        return failure
    return DeliveryFailed("retry", errors.TRY_AGAIN, code=failure.code)
