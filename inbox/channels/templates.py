"""Message templates: texts that a provider has approved, with places for values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class TemplateField:
    """A value that a template needs. `key` is ``header.<name>``, ``body.<name>``,
    ``button.<index>.<name>`` or ``header.file``; `<name>` is what stands in the braces."""

    key: str
    example: str = ""


@dataclass(frozen=True)
class Template:
    """A template as the provider has it. `shape`: {"header": {"format": "text" | "image" |
    "video" | "document" | "location", "text"} or None, "body", "footer", "buttons":
    [{"kind": "reply" | "url" | "phone" | "code", "text", "value"}]}. `status` is ours:
    ``approved``, ``pending``, ``rejected``, ``paused``, ``disabled``; `problem` says in English
    (gettext_noop) why we cannot send it although it is approved."""

    external_id: str
    name: str
    language: str
    category: str
    status: str
    reason: str = ""
    quality: str = ""
    shape: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[TemplateField, ...] = ()
    problem: str = ""
