"""The file of a message, as the provider describes it: claims that are made harmless."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from typing import Any

from channels_integration.whatsapp.payload import said
from inbox.channels import RemoteFile
from inbox.channels.incoming import FileKind

LONGEST_NAME = 255
LONGEST_ENDING = 20
HEX = re.compile(r"[0-9a-fA-F]{64}")
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{43}=?")
TYPE = re.compile(r"[a-z0-9][a-z0-9.+_-]{0,60}/[a-z0-9][a-z0-9.+_-]{0,100}")
MEDIA_ID = re.compile(r"[A-Za-z0-9._-]{1,200}")
# Control, format (bidi and zero-width), surrogate, private and unassigned characters, and
# the separators of lines and paragraphs: none of them belongs in a name that people read.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def remote_file(described: dict[str, Any], kind: FileKind) -> RemoteFile | None:
    """The file that a message carries; None where it names no id to fetch it by."""
    remote_id = said(described.get("id"), 201)
    if not MEDIA_ID.fullmatch(remote_id):
        return None
    return RemoteFile(
        remote_id=remote_id,
        kind=kind,
        name=harmless(said(described.get("filename"), 2000)),
        content_type=plain_type(described.get("mime_type")),
        size=size_of(described.get("file_size")),
        sha256=digest(described.get("sha256")),
    )


def harmless(name: str, longest: int = LONGEST_NAME) -> str:
    """A file name as people may see it, '' where nothing is left of it.

    Only the last part of a path; nothing unseen (an ending may hide behind a turned
    line); no dot or space at either end; its ending survives when it is cut.
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in UNSEEN)
    tidy = " ".join(seen.split()).strip(". ")
    if len(tidy) <= longest:
        return tidy
    stem, dot, ending = tidy.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return tidy[:longest].strip(". ")
    return stem[: longest - len(ending) - 1].strip(". ") + "." + ending


def plain_type(value: Any) -> str:
    """A content type without parameters (`audio/ogg; codecs=opus`), '' where it is none."""
    found = said(value, 300).partition(";")[0].strip().lower()
    return found if TYPE.fullmatch(found) else ""


def size_of(value: Any) -> int | None:
    """A number of bytes, which the provider gives as a number or as digits."""
    found = said(value, 16)
    return int(found) if found.isascii() and found.isdigit() and len(found) < 16 else None


def digest(value: Any) -> str:
    """A SHA-256 in hex: webhooks give it in base64, the API in hex. '' where it is neither."""
    given = said(value, 100).strip()
    if HEX.fullmatch(given):
        return given.lower()
    if not BASE64.fullmatch(given):
        return ""
    try:
        raw = base64.urlsafe_b64decode(given.replace("+", "-").replace("/", "_").ljust(44, "="))
    except (binascii.Error, ValueError):
        return ""
    return raw.hex() if len(raw) == 32 else ""
