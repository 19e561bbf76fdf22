"""The icon sprite: built from the lucide package when static files are collected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import lucide
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

SPRITE = "img/icons.svg"

# Only what a template names: `{% icon %}` refuses a name that is not here.
ICONS = (
    "activity",
    "alarm-clock",
    "archive",
    "arrow-left",
    "arrow-right-left",
    "at-sign",
    "ban",
    "bell",
    "book",
    "bookmark",
    "building-2",
    "camera",
    "check",
    "check-check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle",
    "circle-alert",
    "circle-check",
    "circle-question-mark",
    "clipboard-list",
    "clock",
    "contact-round",
    "copy",
    "download",
    "external-link",
    "eye",
    "file",
    "file-archive",
    "file-music",
    "file-spreadsheet",
    "file-text",
    "flask-conical",
    "forward",
    "globe",
    "history",
    "hourglass",
    "image",
    "images",
    "inbox",
    "info",
    "key-round",
    "keyboard",
    "languages",
    "layout-template",
    "link",
    "list",
    "list-filter",
    "loader-circle",
    "lock",
    "log-out",
    "mail",
    "mail-open",
    "map-pin",
    "megaphone",
    "message-circle",
    "mic",
    "monitor",
    "moon",
    "mouse-pointer-click",
    "package",
    "panel-right",
    "paperclip",
    "pencil",
    "phone",
    "play",
    "plug",
    "plus",
    "presentation",
    "refresh-cw",
    "repeat",
    "reply",
    "rotate-ccw",
    "search",
    "send",
    "settings",
    "shield",
    "shield-check",
    "shopping-bag",
    "smartphone",
    "smile",
    "smile-plus",
    "sticker",
    "sun",
    "tag",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "unplug",
    "user",
    "user-check",
    "user-plus",
    "users",
    "video",
    "volume-2",
    "wifi-off",
    "x",
    "zap",
)


@cache
def sprite() -> str:
    """One SVG document with a symbol for each name in `ICONS`; strokes come from the CSS."""
    with ZipFile(Path(lucide.__file__).parent / "lucide.zip") as icons:
        symbols = [_symbol(name, icons.read(f"{name}.svg").decode()) for name in ICONS]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _symbol(name: str, svg: str) -> str:
    inner = re.sub(r"\s+", " ", svg.partition(">")[2].rpartition("</svg>")[0]).strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'


class IconFinder(BaseFinder):
    """Serves `SPRITE` from a file kept under `DATA_DIR`, rewritten when its text changes."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.DATA_DIR) / "icons"

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != SPRITE:
            return []
        file = str(self._written())
        return [file] if find_all or kwargs.get("all") else file

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self._written()
        yield SPRITE, FileSystemStorage(location=str(self.root))

    def _written(self) -> Path:
        file = self.root / SPRITE
        if not file.exists() or file.read_text() != sprite():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(sprite())
        return file
