"""The words of a template with its values in place. A replacer of its own: what customers
and admins write is never run through Django's templates."""

from __future__ import annotations

import re
from collections.abc import Mapping

GAP = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,60})\s*\}\}")


def filled(text: str, part: str, values: Mapping[str, str]) -> str:
    """`text` with every {{name}} replaced by the value of ``<part>.name``, if there is one."""

    def value(found: re.Match[str]) -> str:
        return values.get(f"{part}.{found[1]}", found[0])

    return GAP.sub(value, text)
