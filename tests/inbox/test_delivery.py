"""Sending: in order, in fair turns, and what follows from each kind of failure."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.models import Channel, Message
from inbox.tasks import send_outgoing, send_signal
from tests.inbox.conftest import CUSTOMER, Line
from tests.people import browser_of


def states(line: Line) -> list[str]:
    with line.company.acting():
        rows = Message.objects.filter(direction="out").order_by("id")
        return list(rows.values_list("state", flat=True))


def test_replies_to_one_customer_go_out_in_their_order(line: Line) -> None:
    texts = [f"Pesan {n}" for n in range(12)]
    for text in texts:
        line.says(text)
    send_outgoing(line.company.id)
    assert [row["text"] for row in line.ledger] == texts
    assert states(line) == ["sent"] * 12


def test_a_pair_limit_holds_this_customer_only_and_keeps_the_order(line: Line) -> None:
    with line.knobs(per_pair=2):
        for n in range(4):
            line.says(f"Pesan {n}")
        send_outgoing(line.company.id)
        assert states(line) == ["sent", "sent", "queued", "queued"]
        third = line.last(text="Pesan 2")
        assert third.error_code == "131056"
        assert third.due_at > timezone.now()
        with line.company.acting():
            assert Channel.objects.get().paused_until is None
    line.sends()
    assert [row["text"] for row in line.ledger] == [f"Pesan {n}" for n in range(4)]


def test_a_limit_of_the_number_holds_the_whole_channel_for_a_while(line: Line) -> None:
    line.says("Satu")
    with line.knobs(fail_next=1, fail_code=130429):
        send_outgoing(line.company.id)
    with line.company.acting():
        channel = Channel.objects.get()
        assert channel.paused_until > timezone.now()
        assert channel.state == "active"
        assert actions.claim_outgoing(5) == []
        Channel.objects.update(paused_until=timezone.now())
    line.sends()
    assert states(line) == ["sent"]


def test_a_lost_token_holds_the_queue_and_a_new_one_resumes_it_in_order(line: Line) -> None:
    with line.knobs(token_revoked=True):
        for n in range(3):
            line.says(f"Pesan {n}")
        send_outgoing(line.company.id)
    with line.company.acting():
        channel = Channel.objects.get()
        assert channel.state == "reconnect"
        assert channel.last_error
        assert list(queries.lost_channels()) == [channel]
        assert queries.channel_health(channel).waiting == 3
    assert states(line) == ["queued"] * 3
    line.says("Pesan 3")  # writing goes on meanwhile
    line.sends()
    assert line.ledger == []
    with line.company.acting("admin"):
        actions.edit_channel(
            channel,
            by=line.company.admin,
            name=channel.name,
            account_id=channel.account_id,
            department=None,
            config=channel.config,
            secrets={"access_token": "EAAG-token", "app_secret": "", "verify_token": ""},
        )
    with line.company.acting():
        newest = queries.channel_history(channel)[0]
        assert "state" in newest.facts["changed"]
        assert newest.member == line.company.admin
    line.sends()
    assert [row["text"] for row in line.ledger] == [f"Pesan {n}" for n in range(4)]


@pytest.mark.parametrize(
    ("code", "state"), [(131026, "failed"), (131051, "failed"), (131000, "queued")]
)
def test_an_error_is_told_in_words(line: Line, code: int, state: str) -> None:
    line.says("Halo")
    with line.knobs(fail_next=1, fail_code=code):
        send_outgoing(line.company.id)
    row = line.last(direction="out")
    assert (row.state, row.error_code) == (state, str(code))
    assert row.error_text.endswith(".")


def test_a_failure_that_comes_later_is_told_the_same(line: Line) -> None:
    line.says("Halo")
    with line.knobs(fail_next=1, fail_code=131026, fail_late=True):
        send_outgoing(line.company.id)
        line.hear_statuses(line.ledger[-1]["wamid"], "failed")
    row = line.last(direction="out")
    assert (row.state, row.error_code) == ("failed", "131026")


def test_outside_the_window_only_a_template_goes_out(line: Line) -> None:
    with line.company.acting("sari"):
        line.conversation.window_expires_at = timezone.now()
        line.conversation.save()
    with pytest.raises(Refused) as refused:
        line.says("Halo")
    assert refused.value.code == "window_closed"


def test_a_template_is_filled_and_sent(line: Line) -> None:
    from inbox.tasks import sync_templates

    sync_templates(line.company.id, line.company.channel.pk)
    with line.company.acting("sari"):
        line.conversation.window_expires_at = timezone.now()
        line.conversation.save()
        template = queries.sendable_templates(line.company.channel).get(
            name="order_update", language="id"
        )
        values = {field["key"]: f"isi {field['key']}" for field in template.fields}
        missing = dict(list(values.items())[1:])
    with pytest.raises(Refused) as refused, line.company.acting("sari"):
        actions.send_template(
            line.conversation, by=line.company.sari, template=template, values=missing
        )
    assert refused.value.code == "value_missing"
    with line.company.acting("sari"):
        sent = actions.send_template(
            line.conversation, by=line.company.sari, template=template, values=values
        )
    line.sandbox.post(
        f"/api/chats/{line.sandbox.channel.account_id}/6281355500177/window", {"open": False}
    )
    line.sends()
    assert line.again(sent).state == "sent"
    assert line.ledger[-1]["text"] == sent.text
    assert "isi body.1" in sent.text
    line.hear_statuses(line.ledger[-1]["wamid"], "delivered")
    assert line.again(sent).data["pricing"]["category"] == "utility"


def test_templates_follow_the_provider(line: Line) -> None:
    from inbox.tasks import sync_templates

    def found() -> dict[tuple[str, str], str]:
        with line.company.acting():
            rows = queries.templates_of(line.company.channel)
            return {(row.name, row.language): row.status for row in rows}

    sync_templates(line.company.id, line.company.channel.pk)
    first = found()
    assert first["order_update", "en"] == "approved"
    assert first["shipping_delay", "en"] == "pending"
    assert set(first.values()) == {"approved", "pending", "rejected", "paused"}
    heard = len(line.sandbox.product.bodies)
    line.sandbox.post(
        "/api/templates",
        {
            "number": line.sandbox.channel.account_id,
            "name": "order_update",
            "language": "en",
            "status": "PAUSED",
        },
    )
    line.sandbox.product.wait_for(lambda: len(line.sandbox.product.bodies) > heard)
    line.hear(heard)
    assert found()["order_update", "en"] == "paused"


def test_a_reaction_goes_out_and_one_that_fails_is_taken_back(line: Line) -> None:
    message = line.last(direction="in")
    with line.company.acting("sari"):
        actions.react(message, by=line.company.sari, emoji="👍")
    assert line.again(message).reactions["us"]["emoji"] == "👍"
    line.sends()
    assert (line.ledger[-1]["type"], line.ledger[-1]["text"]) == ("reaction", "👍")
    with line.company.acting("sari"):
        actions.react(message, by=line.company.sari, emoji="🎉")
    with line.knobs(fail_next=1, fail_code=131026):
        line.sends()
    assert line.again(message).reactions["us"]["emoji"] == ""
    with pytest.raises(Refused), line.company.acting("sari"):
        actions.react(message, by=line.company.sari, emoji="ya")
    with line.company.acting():
        shown = queries.thread(line.conversation)
    assert [row.state for row in shown if row.kind == "reaction"] == ["failed"]


def test_a_quote_names_the_message_it_is_about(line: Line) -> None:
    asked = line.last(direction="in")
    line.says("Ya, benar", quoting=asked)
    line.sends()
    assert line.ledger[-1]["reply_to"] == asked.external_id
    with line.company.acting():
        (shown,) = [row for row in queries.thread(line.conversation) if row.text == "Ya, benar"]
    assert shown.quoted == asked  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "text", "data", "told"),
    [
        (
            "location",
            "",
            {"latitude": "-6.2", "longitude": 106.8, "name": "Toko"},
            {"latitude": -6.2, "longitude": 106.8, "name": "Toko"},
        ),
        (
            "buttons",
            "Mau dikirim?",
            {"buttons": [{"title": "Ya"}, {"title": "Tidak"}]},
            {"buttons": [{"id": "button-1", "title": "Ya"}, {"id": "button-2", "title": "Tidak"}]},
        ),
    ],
)
def test_places_and_buttons_go_out(
    line: Line, kind: str, text: str, data: dict[str, Any], told: dict[str, Any]
) -> None:
    line.says(text, kind=kind, data=data)
    line.sends()
    sent = line.ledger[-1]
    assert (sent["type"], sent["text"]) == (kind, text)
    assert {name: sent["data"][name] for name in told} == told


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("location", {"latitude": 91, "longitude": 0}, "bad_location"),
        ("location", {}, "bad_location"),
        ("buttons", {"buttons": [{"title": str(n)} for n in range(4)]}, "bad_buttons"),
        ("buttons", {"buttons": [{"title": "x" * 21}]}, "text_too_long"),
        ("list", {"button": "Pilih", "sections": []}, "bad_list"),
        ("hologram", {}, "not_supported"),
    ],
)
def test_what_cannot_be_sent_is_refused(
    line: Line, kind: str, data: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        line.says("Halo", kind=kind, data=data)
    assert refused.value.code == code


def test_the_customer_sees_that_he_was_read_and_that_we_are_typing(line: Line) -> None:
    def chat() -> dict[str, Any]:
        found: dict[str, Any] = line.sandbox.get(
            f"/api/chats/{line.sandbox.channel.account_id}/{CUSTOMER}"
        )
        return found

    assert chat()["bubbles"][-1]["state"] != "read"
    send_signal(line.company.id, line.conversation.pk, typing=False)
    assert chat()["bubbles"][-1]["state"] == "read"
    assert not chat()["typing"]
    send_signal(line.company.id, line.conversation.pk, typing=True)
    assert chat()["typing"]


def test_a_channel_may_keep_to_itself_what_was_read(line: Line) -> None:
    with line.company.acting():
        config = {**line.company.channel.config, "no_read_receipts": True}
        Channel.objects.filter(pk=line.company.channel.pk).update(config=config)
    before = line.sandbox.get(f"/api/chats/{line.sandbox.channel.account_id}/{CUSTOMER}")
    send_signal(line.company.id, line.conversation.pk, typing=True)
    after = line.sandbox.get(f"/api/chats/{line.sandbox.channel.account_id}/{CUSTOMER}")
    assert after["bubbles"][-1]["state"] == before["bubbles"][-1]["state"] != "read"


def test_the_provider_decides_that_the_window_has_closed(line: Line) -> None:
    number = line.sandbox.channel.account_id
    line.sandbox.post(f"/api/chats/{number}/{CUSTOMER}/window", {"open": False})
    line.says("Halo")
    send_outgoing(line.company.id)
    assert line.last(direction="out").error_code == "131047"
    with pytest.raises(Refused) as refused:
        line.says("Sekali lagi")
    assert refused.value.code == "window_closed"


@pytest.mark.parametrize(("token", "state"), [("salah", "reconnect"), ("EAAG-token", "active")])
def test_a_new_token_is_tried_before_it_is_believed(line: Line, token: str, state: str) -> None:
    with line.company.acting():
        Channel.objects.update(state="reconnect")
    channel = line.company.channel
    given = {
        "name": channel.name,
        "department": line.company.departments["Support"].pk,
        "phone_number_id": channel.account_id,
        "waba_id": "990000000000001",
        "display_phone_number": "6281200000001",
        "base_url": channel.config["base_url"],
        "access_token": token,
    }
    page = browser_of(line.company.admin)
    answer = page.post(f"{line.company.url}/settings/channels/{channel.pk}/", given, follow=True)
    assert answer.status_code == 200
    assert ('class="toast is-error"' in answer.content.decode()) == (state == "reconnect")
    with line.company.acting():
        assert Channel.objects.get().state == state
