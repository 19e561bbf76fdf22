"""What is at the edge of a page: a company without anything, one with too much of everything,
and somebody who may see no conversations."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import Any

import httpx

from bench.product import ROOT, Product
from tests.browser import demo

EMPTY, FULL, OUTSIDER = "warung-baru", "kopi-senja", "rina"
LONG_NAME = "Raden Mas Panji Kusumowidagdo Surjaningrat Hadiningrat Prawirodirdjo XVII"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
PARAGRAPH = (
    "Selamat siang, saya ingin menyampaikan keluhan mengenai pesanan saya yang sampai hari ini"
    " belum juga datang. Sudah tiga kali saya hubungi dan setiap kali dijanjikan besok."
)
SET_UP = f"""
from accounts import actions as accounts
from accounts.actors import SYSTEM
from accounts.models import Member, Role, User
from accounts.queries import workspace_id_by_slug
from helpdesk.tenancy import acting_in
from inbox import actions as inbox

password = {demo.PASSWORD!r}
if workspace_id_by_slug({EMPTY!r}) is None:
    owner = User.objects.create_user("owner@{EMPTY}.example", password, name="Yanti")
    accounts.found_workspace(
        slug={EMPTY!r}, name="Warung Baru", owner=owner, main_department="Layanan"
    )
    with acting_in(workspace_id_by_slug("toko-nusantara")):
        user = User.objects.create_user(
            "{OUTSIDER}@toko-nusantara.example", password, name="Rina Gudang"
        )
        Member.objects.create(user=user, name="Rina Gudang", role=Role.NON_AGENT)
    with acting_in(workspace_id_by_slug({FULL!r})):
        for index in range(56):
            name = f"Label yang namanya panjang sekali nomor {{index + 1}}"[: 36 - index % 28]
            inbox.create_label(by=SYSTEM, name=f"{{name}} {{index}}", hue=index % 12)
"""


def crowd(product: Product) -> int:
    """Make them; the number of the conversation that has too much of everything."""
    command = [sys.executable, "-m", "helpdesk.launcher", "--manage", "shell", "-c", SET_UP]
    subprocess.run(command, cwd=ROOT, env=product.env, check=True, capture_output=True)
    texts = ["P", LONG_WORD, "\n\n".join([PARAGRAPH] * 12), "https://contoh.example/" + "a" * 180]
    for index in range(30):
        _says(product, f"Halo, saya pelanggan nomor {index + 1}", index, f"Pelanggan {index + 1}")
    for text in texts:
        _says(product, text, 99, LONG_NAME)
    owner = demo.Agent(product, "owner", FULL)
    number = owner.number_of("Surjaningrat")
    owner.post(f"inbox/{number}/accept/")
    page = owner.client.get(f"{owner.workspace}/inbox/{number}/labels/").text
    labels = re.findall(r'name="labels" value="(\d+)"', page)
    owner.post(f"inbox/{number}/labels/", labels=labels[:20])
    for text in ("Baik", "\n".join([PARAGRAPH] * 6), LONG_WORD):
        owner.replies(number, text)
    time.sleep(1)
    return number


def _says(product: Product, text: str, index: int, name: str) -> None:
    number = next(n for n in product.numbers if n["workspace"] == FULL)
    said: dict[str, Any] = {"number": number["phone_number_id"], "name": name, "text": text}
    said["from"] = f"62813777{index:05d}"
    address = f"{product.sandbox}/api/customers/send"
    httpx.post(address, json=said, timeout=20).raise_for_status()
