"""The account's message templates: fetched page by page, and read into the inbox's shape."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp import answers, errors, graph
from channels_integration.whatsapp.components import CODE, PLACE
from channels_integration.whatsapp.payload import link, load, mapping, rows, said
from channels_integration.whatsapp.reviews import quality_of, reason_of, status_of
from inbox.channels import DeliveryFailed, Template, TemplateField, Unparsable
from inbox.wording import GAP

if TYPE_CHECKING:
    from inbox.models import Channel

MOST_PAGES, PAGE_ROWS = 50, 100
PAGE_BYTES, PAGE_SECONDS = 8_000_000, 15.0
TOTAL_SECONDS = 25.0  # somebody may be waiting for the page
FIELDS = "id,name,language,status,category,components,quality_score,rejected_reason"
FILE_HEADERS = frozenset({"image", "video", "document"})
PARTS = frozenset({"HEADER", "BODY", "FOOTER", "BUTTONS"})

NO_ACCOUNT = _("The WhatsApp Business account ID is missing in the channel's settings.")
TOO_MANY = _("This account has more templates than we read.")
OTHER_PART = _("It has a part that we can't send yet, like a carousel or an offer.")
OTHER_HEADER = _("It has a kind of header that we can't send yet.")
OTHER_BUTTON = _("It has a kind of button that we can't send yet, like a form or a catalogue.")


def templates_of(channel: Channel) -> list[Template]:
    """All of them, or `DeliveryFailed`: half a list would look as if the rest were deleted."""
    account = str(channel.config.get("waba_id") or "")
    if not account:
        raise DeliveryFailed("message", NO_ACCOUNT, code="waba_id")
    found: list[Template] = []
    after = ""
    ends_at = time.monotonic() + TOTAL_SECONDS
    for _page in range(MOST_PAGES):
        if time.monotonic() > ends_at:
            raise DeliveryFailed("retry", errors.TRY_AGAIN, code="slow")
        page = _page_of(channel, account, after)
        given = rows(page.get("data"))
        found += [one for one in map(template_of, given) if one]
        after = _following(page, given, after)
        if not after:
            return found
    raise DeliveryFailed("message", TOO_MANY, code="pages")


def _page_of(channel: Channel, account: str, after: str) -> dict[str, Any]:
    asked = {"limit": PAGE_ROWS, "fields": FIELDS} | ({"after": after} if after else {})
    path = f"{account}/message_templates?{urlencode(asked, safe=',')}"
    answer = graph.call("GET", path, channel, seconds=PAGE_SECONDS, max_bytes=PAGE_BYTES)
    if not 200 <= answer.status < 300:
        raise answers.failure(answer)
    try:
        page = load(answer.body)
    except Unparsable as error:
        raise DeliveryFailed("retry", errors.TRY_AGAIN, code="answer") from error
    if not isinstance(page.get("data"), list):
        raise DeliveryFailed("retry", errors.TRY_AGAIN, code="answer")
    return page


def _following(page: dict[str, Any], given: list[Any], before: str) -> str:
    """The cursor of the next page, '' at the end. The last page may carry a cursor too."""
    paging = mapping(page.get("paging"))
    after = said(mapping(paging.get("cursors")).get("after"), 2000)
    is_last = not given or after == before or (not paging.get("next") and len(given) < PAGE_ROWS)
    return "" if is_last else after


def template_of(row: Mapping[str, Any]) -> Template | None:
    """One template; None for a row that is not even named."""
    name, language = said(row.get("name"), 512), said(row.get("language"), 20)
    if not name or not language:
        return None
    parts = {said(p.get("type"), 40).upper(): p for p in rows(row.get("components"))}
    header, body = _header(parts.get("HEADER", {})), said(parts.get("BODY", {}).get("text"))
    buttons = rows(parts.get("BUTTONS", {}).get("buttons"), 20)
    return Template(
        external_id=said(row.get("id"), 64),
        name=name,
        language=language,
        category=said(row.get("category"), 40).lower(),
        status=status_of(row.get("status")) or "disabled",
        reason=reason_of(row.get("rejected_reason")),
        quality=quality_of(mapping(row.get("quality_score")).get("score")),
        shape={
            "header": header,
            "body": body,
            "footer": said(parts.get("FOOTER", {}).get("text"), 200),
            "buttons": [_button(button) for button in buttons],
        },
        fields=(
            *_header_fields(parts.get("HEADER", {}), header),
            *_texts("body", body, parts),
            *(field for index, one in enumerate(buttons) for field in _ends(index, one)),
        ),
        problem=_problem(parts, header, buttons),
    )


def _header(part: dict[str, Any]) -> dict[str, str] | None:
    if not part:
        return None
    return {"format": said(part.get("format"), 40).lower(), "text": said(part.get("text"), 200)}


def _header_fields(
    part: dict[str, Any], header: dict[str, str] | None
) -> tuple[TemplateField, ...]:
    if header is None:
        return ()
    if header["format"] == "text":
        return _texts("header", header["text"], {"HEADER": part})
    if header["format"] in FILE_HEADERS:
        return (TemplateField("header.file"),)
    return tuple(TemplateField(f"header.{name}") for name in PLACE) if _is_place(header) else ()


def _is_place(header: dict[str, str]) -> bool:
    return header["format"] == "location"


def _texts(where: str, text: str, parts: Mapping[str, dict[str, Any]]) -> tuple[TemplateField, ...]:
    """The places in a text, each with the example that was given when it was approved."""
    example = mapping(parts.get(where.upper(), {}).get("example"))
    given = example.get(f"{where}_text")
    row = given[0] if isinstance(given, list) and given and isinstance(given[0], list) else given
    by_place = {str(n): said(v, 200) for n, v in enumerate(row if isinstance(row, list) else [], 1)}
    by_name = {
        said(named.get("param_name"), 60): said(named.get("example"), 200)
        for named in rows(example.get(f"{where}_text_named_params"))
    }
    examples = by_name | by_place
    names = dict.fromkeys(GAP.findall(text))
    return tuple(TemplateField(f"{where}.{name}", examples.get(name, "")) for name in names)


def _button(button: dict[str, Any]) -> dict[str, str]:
    kind, names = BUTTONS.get(said(button.get("type"), 40).upper(), ("other", ""))
    value = button.get(names) if names else ""
    if names == "url":
        value = link(value)
    return {"kind": kind, "text": said(button.get("text"), 100), "value": said(value, 2000)}


BUTTONS = {
    "QUICK_REPLY": ("reply", ""),
    "URL": ("url", "url"),
    "PHONE_NUMBER": ("phone", "phone_number"),
    "COPY_CODE": ("code", ""),
}


def _ends(index: int, button: dict[str, Any]) -> tuple[TemplateField, ...]:
    """What a button needs: the open end of its link, or the code to copy."""
    given = button.get("example")
    example = said(given[0] if isinstance(given, list) and given else given, 2000)
    kind = said(button.get("type"), 40).upper()
    if kind == "COPY_CODE":
        return (TemplateField(f"button.{index}.{CODE}", example),)
    url = said(button.get("url"), 2000)
    if kind != "URL" or not (place := GAP.search(url)):
        return ()
    fixed = url[: place.start()]
    return (TemplateField(f"button.{index}.{place[1]}", example.removeprefix(fixed)),)


def _problem(
    parts: Mapping[str, Any], header: dict[str, str] | None, buttons: list[dict[str, Any]]
) -> str:
    """Why we can't send it, '' where we can."""
    if set(parts) - PARTS:
        return OTHER_PART
    known = FILE_HEADERS | {"text", "location"}
    if header is not None and header["format"] not in known:
        return OTHER_HEADER
    kinds = {said(button.get("type"), 40).upper() for button in buttons}
    return OTHER_BUTTON if kinds - set(BUTTONS) else ""
