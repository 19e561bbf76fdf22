"""What may come with a message of any kind: that it was forwarded, the advertisement that
led here, the product that is asked about."""

from __future__ import annotations

from typing import Any

from channels_integration.whatsapp.payload import link, mapping, said, told


def particulars_of(message: dict[str, Any]) -> dict[str, Any]:
    """The keys of `docs/message-kinds.md` that go with any kind."""
    context = mapping(message.get("context"))
    return told(
        forwarded=_forwarded(context),
        referral=_referral(mapping(message.get("referral"))),
        product=_product(mapping(context.get("referred_product"))),
    )


def _forwarded(context: dict[str, Any]) -> str | bool | None:
    if context.get("frequently_forwarded") is True:
        return "often"
    return context.get("forwarded") is True or None


def _product(product: dict[str, Any]) -> dict[str, Any]:
    return told(
        catalog_id=said(product.get("catalog_id"), 200),
        id=said(product.get("product_retailer_id"), 200),
    )


def _referral(ad: dict[str, Any]) -> dict[str, Any]:
    media = (link(ad.get(key)) for key in ("image_url", "video_url", "thumbnail_url"))
    return told(
        url=link(ad.get("source_url")),
        id=said(ad.get("source_id"), 200),
        type=said(ad.get("source_type"), 40),
        headline=said(ad.get("headline"), 1000),
        body=said(ad.get("body"), 4000),
        media_type=said(ad.get("media_type"), 40),
        media_url=next((url for url in media if url), ""),
        click_id=said(ad.get("ctwa_clid"), 500),
    )
