"""One conversation with everything that WhatsApp can say, for pictures."""

from __future__ import annotations

import time

from bench.product import Product
from tests.browser.demo import Agent, patiently, picture, sends

NAME, PHONE = "Amina Okafor", "6281355500190"
CARD = {"name": "Budi Ekspedisi", "organization": "PT Cepat", "phone": "+6281355500599"}
PLACE = {"latitude": -6.1944, "longitude": 106.8229, "name": "Plaza Indonesia"}


def every_kind(product: Product, sari: Agent) -> int:
    """The number of the conversation, as soon as its files have come."""
    product.customer_says("Halo Kak, pesanan saya salah warna", PHONE, NAME)
    number = sari.number_of(NAME)
    sari.post(f"inbox/{number}/accept/")
    photo = ("salah-warna.jpg", picture(1200, 900), "image/jpeg")
    sends(product, NAME, PHONE, "image", file=photo, text="Harusnya biru tua, ini biru muda")
    for kind, sample in (("audio", "voice"), ("document", "invoice"), ("sticker", "sticker")):
        sends(product, NAME, PHONE, kind, sample=sample)
    sends(product, NAME, PHONE, "video", sample="video", forwarded=True)
    sends(product, NAME, PHONE, "location", data=PLACE)
    sends(product, NAME, PHONE, "contacts", data={"contacts": [CARD]})
    thread = f"/w/toko-nusantara/inbox/{number}/thread/"
    patiently(lambda: "card-of" in sari.client.get(thread).text, 40)
    patiently(lambda: "is-waiting" not in sari.client.get(thread).text, 40)
    time.sleep(1)
    asked = '{"buttons": [{"title": "Tukar"}, {"title": "Kembalikan dana"}]}'
    text = "Mohon maaf, Bu. Mau ditukar atau dananya dikembalikan?"
    sari.post(f"inbox/{number}/reply/", kind="buttons", text=text, data=asked)
    sari.wait_for_state(number, "delivered", "read")
    return number
