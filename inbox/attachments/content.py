"""The type of a file by its bytes: what its sender or its name says is only a hint."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import IO

import puremagic

HEAD_BYTES = 65536
UNKNOWN = "application/octet-stream"
OFFICE = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
}
ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub")
TEXTS = {".csv": "text/csv", ".vcf": "text/vcard", ".ics": "text/calendar"}
# What the library calls differently from the rest of the world.
SPELLINGS = {
    "application/excel": "application/vnd.ms-excel",
    "application/x-zip-compressed": "application/zip",
    "audio/mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
    "image/jpg": "image/jpeg",
    "video/3gp": "video/3gpp",
}
MEDIA = frozenset({"image", "video"})
LONGEST_NAME = 255


def content_type_of(file: IO[bytes], name: str) -> str:
    """The content type of what stands in an open file, which is at its beginning again."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return type_of_bytes(head, name)


def type_of_bytes(head: bytes, name: str) -> str:
    """The content type by the first bytes; the name decides only within a family: between
    formats that look alike inside (Office), and between plain texts."""
    if head.startswith(b"#!AMR"):
        return "audio/amr"
    suffix = PurePosixPath(name.lower()).suffix
    found = _by_magic(head, suffix)
    if found == "application/msword" or head.startswith(b"\xd0\xcf\x11\xe0"):
        return OFFICE.get(suffix, "application/msword")
    if found in ("application/ogg", "video/ogg", "audio/ogg", "audio/x-vorbis+ogg"):
        return "video/ogg" if b"theora" in head else "audio/ogg"
    if head.startswith(b"PK\x03\x04") and suffix not in ZIPPED:
        return "application/zip"
    if found:
        return found
    return TEXTS.get(suffix, "text/plain") if _is_text(head) else UNKNOWN


def _by_magic(head: bytes, suffix: str) -> str:
    try:
        matches = puremagic.magic_string(head, f"file{suffix}" if suffix else None)
    except (puremagic.PureError, ValueError):
        return ""
    names = [match.mime_type for match in matches if match.mime_type and match.confidence >= 0.2]
    named = next((name for name in names if name != UNKNOWN), "")
    return SPELLINGS.get(named, named)


def _is_text(head: bytes) -> bool:
    if not head or b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character that the cut of the head goes through, or an older encoding of letters.
        return error.start >= len(head) - 4 or all(byte >= 32 or byte in b"\t\r\n" for byte in head)
    return True


def safe_name(name: str) -> str:
    """A name to show and to download under: no folders, no control or invisible characters
    (which can turn `exe` around), at most 255 characters with its ending kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    shown = shown.strip().strip(".").strip() or ""
    if len(shown) <= LONGEST_NAME:
        return shown
    suffix = PurePosixPath(shown).suffix[:20]
    return shown[: LONGEST_NAME - len(suffix)] + suffix


def kind_of(content_type: str) -> str:
    """As what a file is shown: image, video, audio or document."""
    family = content_type.partition("/")[0]
    return family if family in ("image", "video", "audio") else "document"
