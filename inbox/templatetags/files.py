"""How a file is drawn: by its state and kind, in a box that is known before it is loaded."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, NamedTuple

from django import template

register = template.Library()

BOX, LOWEST = 280, 72
UNKNOWN = (280, 180)
ICONS = {
    "pdf": "file-text",
    "doc docx odt rtf txt": "file-text",
    "xls xlsx ods csv": "file-spreadsheet",
    "ppt pptx odp": "presentation",
    "zip rar 7z gz tar": "file-archive",
    "mp3 ogg opus aac amr m4a wav": "file-music",
    "jpg jpeg png gif webp heic": "image",
    "mp4 3gp webm mov": "video",
    "vcf": "contact-round",
}
ENDINGS = {ending: icon for endings, icon in ICONS.items() for ending in endings.split()}


class Box(NamedTuple):
    """Width and height in CSS pixels."""

    width: int
    height: int


@register.filter
def file_look(file: Any) -> str:
    """The template of a file: waiting, gone, or what its kind and its pictures allow."""
    if file.state != "stored":
        return f"inbox/message/file/_{file.state}.html"
    if file.kind in ("image", "sticker") and not file.view:
        return "inbox/message/file/_document.html"
    return f"inbox/message/file/_{file.kind}.html"


@register.filter
def boxed(file: Any, most: int = BOX) -> Box:
    """The size to draw a picture or film in, so that nothing moves when it has loaded."""
    width, height = (file.width, file.height) if file.width and file.height else UNKNOWN
    scale = min(1.0, most / width, most * 1.2 / height)
    return Box(max(LOWEST, round(width * scale)), max(LOWEST, round(height * scale)))


@register.filter
def ending(file: Any) -> str:
    """PDF, DOCX: what people call its type; from its name, else from its content type."""
    suffix = PurePosixPath(file.name).suffix[1:] if file.name else ""
    found = suffix or file.content_type.partition(";")[0].rpartition("/")[2].rpartition(".")[2]
    return found[:8].upper()


@register.filter
def file_icon(file: Any) -> str:
    """The icon of its type."""
    return ENDINGS.get(ending(file).lower(), "file")
