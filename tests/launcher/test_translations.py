"""`compile_translations` does what compilemessages does, without GNU gettext."""

from __future__ import annotations

import gettext
from pathlib import Path

from django.core.management import call_command
from pytest_django.fixtures import Settings

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Queue"
msgstr "Antrean"

#, fuzzy
msgid "Guess"
msgstr "Tebakan"

msgid "%(count)s message"
msgid_plural "%(count)s messages"
msgstr[0] "%(count)s pesan"
"""


def test_texts_plurals_and_no_guesses(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO)
    settings.LOCALE_PATHS = [tmp_path]
    call_command("compile_translations")
    with (folder / "django.mo").open("rb") as compiled:
        texts = gettext.GNUTranslations(compiled)
    assert texts.gettext("Queue") == "Antrean"
    assert texts.gettext("Guess") == "Guess"
    assert texts.ngettext("%(count)s message", "%(count)s messages", 2) == "%(count)s pesan"
    first = (folder / "django.mo").stat().st_mtime_ns
    call_command("compile_translations")
    assert (folder / "django.mo").stat().st_mtime_ns == first
