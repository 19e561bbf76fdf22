"""`manage.py compile_translations`: .po to .mo without GNU gettext on the machine."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Writes only what has changed, each file whole or not at all."""

    help = "Compile the catalogues of locale/ (as compilemessages does, in Python)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for po in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                compile_catalogue(po)


def compile_catalogue(po: Path) -> None:
    """Fuzzy entries stay out, so that a guess is never shown."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parents[1].name)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    mo = po.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled.getvalue():
        fresh = mo.with_suffix(".new")
        fresh.write_bytes(compiled.getvalue())
        fresh.replace(mo)
