"""Templates: everything escaped, nothing inline, every icon known."""

from __future__ import annotations

import re

import pytest
from django.template.loader import get_template

from helpdesk.icons import ICONS
from inbox.channels import kinds
from inbox.fragments import ENGINE
from inbox.templatetags.inbox_look import KINDS, OTHER_KIND, channel_icon
from tests.guards.source import templates

PAGES = {path: text for path, text in templates().items() if path.endswith(".html")}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_unescaped_or_inline(path: str) -> None:
    text = PAGES[path]
    assert not re.search(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off", text)
    assert not re.search(r"\sstyle\s*=", text), "styles belong to static/css"
    assert not re.search(r"(?i)<style|\son[a-z]+\s*=\s*[\"'{]", text), "no inline handlers"
    assert not re.search(r"(?i)javascript:", text)
    for script in re.findall(r"(?i)<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script, script


def test_every_template_compiles() -> None:
    for path in templates():
        name = path.removeprefix("templates/")
        if name.startswith("fragments/"):
            get_template(name.removeprefix("fragments/"), using=ENGINE)
        else:
            get_template(name, using="django")


def test_forms_that_post_carry_the_token() -> None:
    for path, text in PAGES.items():
        for form in re.findall(r"(?is)<form\b[^>]*method=\"post\".*?</form>", text):
            assert "{% csrf_token %}" in form or "{{ csrf_input }}" in form, path


def test_links_to_elsewhere_do_not_hand_over_the_window() -> None:
    for path, text in PAGES.items():
        for link in re.findall(r"<a\b[^>]*target=\"_blank\"[^>]*>", text):
            assert "noopener" in link, path


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    named = set()
    for text in PAGES.values():
        named |= set(re.findall(r"{%\s*icon\s+[\"']([a-z0-9-]+)[\"']", text))
        named |= set(re.findall(r"(?:icon|tick)\(\"([a-z0-9-]+)\"", text))
        named |= set(
            re.findall(r"include\s+\"components/_(?:badge|empty)[^%]*\bname=\"([a-z0-9-]+)\"", text)
        )
    named |= {channel_icon(kind) for kind in kinds()}
    named |= {icon for icon, _label in [*KINDS.values(), OTHER_KIND]}
    assert named <= set(ICONS)


def test_the_sprite_has_no_icon_twice() -> None:
    assert len(ICONS) == len(set(ICONS))
