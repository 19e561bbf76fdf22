"""The files that customers and companies send: on disk while the sandbox runs, known by id."""

from __future__ import annotations

import base64
import hashlib
import itertools
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

DAY = 24 * 3600
UPLOAD_LIVES, RECEIVED_LIVES = 30 * DAY, 7 * DAY
MOST_BYTES = 512 * 1024 * 1024
CHUNK = 256 * 1024

MB = 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
# kind: (content types, most bytes)
LIMITS: dict[str, tuple[frozenset[str], int]] = {
    "image": (frozenset({"image/jpeg", "image/png"}), 5 * MB),
    "sticker": (frozenset({"image/webp"}), 500 * 1024),
    "video": (frozenset({"video/mp4", "video/3gpp"}), 16 * MB),
    "audio": (
        frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
        16 * MB,
    ),
    "document": (
        frozenset(
            {
                "text/plain",
                "application/pdf",
                "application/msword",
                "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                OFFICE + "wordprocessingml.document",
                OFFICE + "spreadsheetml.sheet",
                OFFICE + "presentationml.presentation",
            }
        ),
        100 * MB,
    ),
}


@dataclass(frozen=True)
class Media:
    """A stored file; `owner` is the phone number id that may use it, `until` when it ends."""

    id: str
    owner: str
    path: Path
    content_type: str
    name: str
    size: int
    digest: bytes = field(repr=False)
    until: float

    def shown(self) -> dict[str, Any]:
        """What the page draws and the ledger tells."""
        return {
            "id": self.id,
            "type": self.content_type,
            "name": self.name,
            "size": self.size,
            "sha256": self.digest.hex(),
        }

    def in_webhook(self) -> dict[str, str]:
        digest = base64.b64encode(self.digest).decode()
        return {"mime_type": self.content_type, "sha256": digest, "id": self.id}


class Library:
    """The oldest files make room for new ones."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-media-")
        self._known: dict[str, Media] = {}
        self._ids = itertools.count(int(time.time()) * 1000)
        self._most_bytes = most_bytes
        self._bytes = 0

    def keep(
        self, content: IO[bytes], owner: str, content_type: str, name: str, lives: float
    ) -> Media:
        """Store a file under a new id. Blocks: call it in a thread when it is large."""
        media_id = str(next(self._ids))
        path = Path(self._folder.name) / media_id
        digest, size = hashlib.sha256(), 0
        with path.open("wb") as target:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += target.write(chunk)
        until = time.time() + lives
        media = Media(media_id, owner, path, content_type, name, size, digest.digest(), until)
        self._known[media_id] = media
        self._bytes += size
        self._make_room(media_id)
        return media

    def find(self, media_id: str) -> Media | None:
        found = self._known.get(media_id)
        return found if found and time.time() < found.until else None

    def remove(self, media_id: str) -> None:
        gone = self._known.pop(media_id, None)
        if gone:
            gone.path.unlink(missing_ok=True)
            self._bytes -= gone.size

    def close(self) -> None:
        shutil.rmtree(self._folder.name, ignore_errors=True)
        self._folder.cleanup()

    def _make_room(self, newest: str) -> None:
        while self._bytes > self._most_bytes:
            oldest = next(iter(self._known))
            if oldest == newest:
                return
            self.remove(oldest)


def bare(content_type: str) -> str:
    """`audio/ogg; codecs=opus` without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def kind_of(content_type: str) -> str | None:
    """The kind as which a company may send this type; None where it can't."""
    wanted = bare(content_type)
    return next((kind for kind, (types, _most) in LIMITS.items() if wanted in types), None)
