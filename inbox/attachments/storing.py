"""Puts bytes into the storage, outside any transaction; rows refer to them by key."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from inbox.attachments.content import content_type_of, kind_of, safe_name
from inbox.attachments.pictures import Pictures, pictures_of

LARGEST_FILE = 100_000_000  # bytes; of every channel and direction
CHUNK = 1 << 20
PICTURED = ("image/jpeg", "image/png", "image/gif", "image/webp")


@dataclass(frozen=True)
class Kept:
    """Stored bytes: keys of the file and of our pictures ('' if there are none), its type by
    its bytes, its size in bytes and its SHA-256 in hex."""

    name: str
    kind: str
    content_type: str
    size: int
    sha256: str
    file: str
    thumb: str = ""
    view: str = ""
    width: int = 0
    height: int = 0

    @property
    def facts(self) -> dict[str, str | int]:
        """The fields of an `Attachment` that it fills."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def keep(content: IO[bytes], name: str, workspace_id: int) -> Kept:
    """Store a file and its pictures. Nothing refers to them until a row does: who fails to
    write that row calls `forget`."""
    size, digest = _measure(content)
    content_type = content_type_of(content, name)
    pictures = pictures_of(content) if content_type in PICTURED else None
    kept = Kept(
        name=safe_name(name),
        kind=kind_of(content_type),
        content_type=content_type[:100],
        size=size,
        sha256=digest,
        file=_save(File(content), workspace_id),
    )
    try:
        return _with_pictures(kept, pictures, workspace_id) if pictures else kept
    except BaseException:  # the disk is full, say: nobody would know this key
        forget(kept)
        raise


def forget(kept: Kept) -> None:
    """Remove what `keep` has stored."""
    forget_keys([kept.file, kept.thumb, kept.view])


def forget_keys(keys: Iterable[str | None]) -> None:
    """Remove stored bytes; blank keys are none."""
    for key in keys:
        if key:
            default_storage.delete(key)


def _with_pictures(kept: Kept, pictures: Pictures, workspace_id: int) -> Kept:
    thumb = _save(ContentFile(pictures.thumb), workspace_id)
    try:
        view = _save(ContentFile(pictures.view), workspace_id)
    except BaseException:
        forget_keys([thumb])
        raise
    return replace(
        kept,
        thumb=thumb,
        view=view,
        width=pictures.width,
        height=pictures.height,
    )


def _save(content: File, workspace_id: int) -> str:
    """Nothing that a person has chosen is part of a key."""
    key: str = default_storage.save(f"attachments/{workspace_id}/{uuid.uuid4().hex}", content)
    return key


def _measure(content: IO[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return size, digest.hexdigest()
