"""A shop's morning, through the front doors: customers write, agents answer, some things fail."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import re
import time
from collections.abc import Callable
from typing import Any

import httpx
from PIL import Image

from bench.product import Product

WORKSPACE, PASSWORD = "/w/toko-nusantara", "nusantara-2026"  # as seed_demo makes them
HOUR, DAY = 3600, 86400

# name, phone, how long ago, what
EARLIER: list[tuple[str, str, int, list[str]]] = [
    ("Nadia Kusuma", "6281355500121", DAY + 3 * HOUR, ["Baik, saya tunggu kabarnya ya"]),
    ("Hendra Gunawan", "6281355500122", 5 * HOUR, ["Toko buka sampai jam berapa hari Minggu?"]),
    (
        "Raden Ajeng Kartika Sari Dewi Puspaningrum Hadiwinoto",
        "6281355500123",
        3 * HOUR + 300,
        ["Alamat saya pindah, Kak. Yang baru: Jl. Kemang Selatan VIII No. 12B, Jakarta Selatan"],
    ),
    ("", "6281255500142", 2 * HOUR, ["Halo min, promo gratis ongkir masih ada?"]),
    (
        "Bagus Prakoso",
        "6281355500124",
        HOUR + 600,
        ["Mohon dikirim ulang faktur pajak bulan Oktober, terima kasih 🙏"],
    ),
    ("Yohanes Christian Pangaribuan", "6281355500125", 40 * 60, ["P", "Halo", "Ada orang?"]),
]


class Agent:
    """Somebody of a company without a browser: signs in and posts what buttons post."""

    def __init__(self, product: Product, who: str, company: str = "toko-nusantara") -> None:
        self.workspace = f"/w/{company}"
        nothing_kept = httpx.Limits(max_keepalive_connections=0)  # so nothing is left to close
        self.client = httpx.Client(
            base_url=product.url, follow_redirects=True, timeout=20, limits=nothing_kept
        )
        page = self.client.get("/account/login/").text
        given = {"login": f"{who}@{company}.example", "password": PASSWORD}
        token = found(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        self.client.post("/account/login/", data={**given, "csrfmiddlewaretoken": token})

    def label(self, name: str) -> str:
        """The id of one of the demo's labels."""
        page = self.client.get(f"{self.workspace}/inbox/filter/").text
        return found(rf'<span>{name}</span><input type="checkbox" name="label" value="(\d+)"', page)

    def post(self, path: str, **fields: Any) -> None:
        """What a page's script would post, in the workspace."""
        page = self.client.get(f"{self.workspace}/inbox/").text
        headers = {
            "X-CSRFToken": found(r'name="csrf" content="([^"]+)"', page),
            "Accept": "application/json",
        }
        answer = self.client.post(f"{self.workspace}/{path}", data=fields, headers=headers)
        answer.raise_for_status()

    def number_of(self, name: str) -> int:
        """The newest conversation of a customer, as soon as it is there."""

        def look() -> str:
            shown = {"view": "all", "q": name}
            rows = self.client.get(
                f"{self.workspace}/inbox/", params=shown, headers={"X-Fragment": "rows"}
            ).text
            return found(r'data-number="(\d+)"', rows)

        return int(patiently(look))

    def wait_for_state(self, number: int, *states: str) -> None:
        """Until the newest reply of a conversation is in one of these states."""

        def look() -> bool:
            page = self.client.get(f"{self.workspace}/inbox/{number}/thread/").text
            seen = re.findall(r'class="msg out[^>]*data-state="(\w+)"', page)
            return bool(seen) and seen[-1] in states

        patiently(look)

    def replies(self, number: int, text: str, *states: str) -> None:
        """Reply, and wait until it is in one of these states."""
        self.post(f"inbox/{number}/reply/", text=text)
        self.wait_for_state(number, *(states or ("delivered", "read")))


def found(pattern: str, text: str) -> str:
    """The first group of the first match, or ''."""
    match = re.search(pattern, text)
    return match[1] if match else ""


def patiently(look: Callable[[], Any], seconds: float = 25) -> Any:
    """What `look` gives as soon as it gives something."""
    until = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < until, "it did not come in time"
        time.sleep(0.2)
    return seen


def connected_again(product: Product) -> None:
    """The channel works, whatever a test did to it."""
    number = product.number
    given = {"phone_number_id": number["phone_number_id"], "waba_id": number["waba_id"]}
    given |= {"name": number["name"], "department": "1", "access_token": number["access_token"]}
    given |= {"display_phone_number": number["display_phone_number"]}
    Agent(product, "admin").post("settings/channels/1/", **given)


def close_window(product: Product, phone: str) -> None:
    """Let the provider think that a day has passed."""
    number = product.number["phone_number_id"]
    address = f"{product.sandbox}/api/chats/{number}/{phone}/window"
    httpx.post(address, json={"open": False}, timeout=20).raise_for_status()


def wrote(product: Product, name: str, phone: str, ago: int, *texts: str, kind: str = "") -> None:
    """A customer wrote some seconds ago; `kind` is one that cannot be read."""
    at = int(time.time()) - ago
    for index, text in enumerate(texts):
        message = {"from": phone, "id": f"wamid.{phone}.{at}.{index}", "timestamp": str(at + index)}
        message |= {"type": kind} if kind else {"type": "text", "text": {"body": text}}
        contact = {"profile": {"name": name}, "wa_id": phone}
        deliver(product, {"contacts": [contact], "messages": [message]})


def sends(
    product: Product,
    name: str,
    phone: str,
    kind: str,
    *,
    file: tuple[str, bytes, str] | None = None,
    **more: Any,
) -> str:
    """A customer sends something that is not plain text, from his phone; its wamid."""
    said = {"number": product.number["phone_number_id"], "from": phone, "name": name}
    said |= {"kind": kind, **more}
    address = f"{product.sandbox}/api/customers/send"
    if file is None:
        answer = httpx.post(address, json=said, timeout=20)
    else:
        fields = {key: json.dumps(value) if key == "data" else value for key, value in said.items()}
        answer = httpx.post(address, data=fields, files={"file": file}, timeout=20)
    answer.raise_for_status()
    return str(answer.json()["wamid"])


def picture(width: int = 640, height: int = 480) -> bytes:
    """A photo."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).save(written, "JPEG")
    return written.getvalue()


def deliver(product: Product, value: dict[str, Any]) -> None:
    """A signed notification, as the provider posts it."""
    number = product.number
    known = ("display_phone_number", "phone_number_id")
    metadata = {key: number[key] for key in known}
    value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    entry = [{"id": number["waba_id"], "changes": [{"field": "messages", "value": value}]}]
    body = json.dumps({"object": "whatsapp_business_account", "entry": entry}).encode()
    seal = hmac.new(number["app_secret"].encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={seal}"}
    httpx.post(number["webhook"], content=body, headers=headers, timeout=20).raise_for_status()


def fill(product: Product) -> dict[str, int]:
    """The morning. Tells the numbers of the conversations that are worth a look."""
    for name, phone, ago, texts in EARLIER:
        wrote(product, name, phone, ago, *texts)
    wrote(product, "Ibu Sri", "6281355500126", 30 * 60, "", kind="sticker")
    sari, budi = Agent(product, "sari"), Agent(product, "budi")
    closed = sari.number_of("Nadia")
    sari.post(f"inbox/{closed}/accept/")
    numbers = {"closed": closed, "queued": sari.number_of("Bagus"), "long": sari.number_of("Raden")}
    numbers |= {"talk": _talk(product, sari), "again": _continued(product, budi)}
    numbers |= _troubles(product, sari)
    product.customer_says(
        "Warnanya beda dengan yang di katalog, apa bisa ditukar?", "6281355500128", "Dewi Anggraini"
    )
    deliver(product, {"contacts": [], "messages": [{"id": "wamid.odd", "type": "text"}]})
    return numbers


def _talk(product: Product, sari: Agent) -> int:
    phone, name = "6281355500177", "Rahmat Hidayat"
    product.customer_says("Halo, selamat pagi Kak", phone, name)
    text = "Pesanan #8812 belum sampai juga, Kak. Bisa dicek? Sudah lewat 3 hari dari estimasi."
    product.customer_says(text, phone, name)
    number = sari.number_of(name)
    sari.post(f"inbox/{number}/accept/")
    text = (
        "Selamat pagi Pak Rahmat, mohon maaf atas keterlambatannya."
        " Saya cek ke ekspedisi dulu ya, mohon tunggu sebentar."
    )
    sari.replies(number, text)
    note = "Ekspedisi bilang paket tertahan di gudang Cakung. @Dewi Lestari tolong bantu eskalasi."
    sari.post(f"inbox/{number}/note/", text=note)
    sari.post(f"inbox/{number}/labels/", labels=[sari.label("Keluhan"), sari.label("Pengiriman")])
    time.sleep(1)  # the provider tells whole seconds
    product.customer_says("Baik Kak, saya tunggu", phone, name)
    return number


def _continued(product: Product, budi: Agent) -> int:
    phone, name = "6281355500178", "Siti Nurhaliza"
    product.customer_says("Ukuran XL masih ada stoknya?", phone, name)
    number = budi.number_of(name)
    budi.post(f"inbox/{number}/accept/")
    budi.replies(number, "Masih, Kak. Tersisa tiga potong.")
    budi.post(f"inbox/{number}/resolve/")
    time.sleep(1)
    product.customer_says("Jadi pesan dua ya, warna biru", phone, name)
    patiently(lambda: budi.number_of(name) != number)
    return budi.number_of(name)


def _troubles(product: Product, sari: Agent) -> dict[str, int]:
    numbers = {}
    for key, name, phone, knobs, state in (
        ("failed", "Ahmad Fauzi", "6281355500179", {"fail_next": 1, "fail_code": 131026}, "failed"),
        ("unknown", "Maria Goretti", "6281355500180", {"garbage_next": 1}, "unknown"),
    ):
        product.customer_says("Nomor resinya belum saya terima", phone, name)
        number = numbers[key] = sari.number_of(name)
        sari.post(f"inbox/{number}/accept/")
        sari.replies(number, "Baik Kak, kami kirimkan lewat sini ya.")
        product.turn(**knobs)
        sari.replies(number, "Nomor resi: JNE 0123 4567 8910", state)
    return numbers
