"""Settings of members and departments: what is saved, and what a form is told instead."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Department, DepartmentMember, Invitation, Member
from tests.people import World, browser_of


def post(world: World, path: str, **says: Any) -> Any:
    return browser_of(world.acme.admin).post(f"/w/acme/settings/{path}", says)


def test_a_member_is_given_a_role_departments_and_agents(world: World) -> None:
    acme = world.acme
    shipping = acme.departments["Shipping"].pk
    answer = post(
        world,
        f"members/{acme.budi.pk}/",
        role="supervisor",
        departments=[shipping],
        led=[shipping],
        supervised=[acme.gita.pk],
    )
    assert answer.status_code == 302
    with acme.acting():
        changed = Member.objects.get(pk=acme.budi.pk)
        assert changed.role == "supervisor"
        seats = DepartmentMember.objects.filter(member=changed)
        assert list(seats.values_list("department_id", "leads")) == [(shipping, True)]
        assert [row.agent_id for row in changed.supervised.all()] == [acme.gita.pk]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("departments/", {"name": "support"}),
        ("departments/{finance}/", {"name": "Support"}),
        ("invitations/", {"email": "Sari@acme.example", "role": "agent"}),
        ("invitations/", {"email": "not an address", "role": "agent"}),
        ("invitations/", {"email": "x@y.example", "role": "emperor"}),
        ("members/{budi}/", {"role": "emperor"}),
        ("tokens/", {"name": ""}),
        ("tokens/", {"name": "nul \0"}),
        ("departments/", {"name": "nul \0"}),
        ("departments/", {"name": "x", "members": ["9" * 30]}),
        ("departments/", {"name": "x", "members": ["not a number"]}),
    ],
)
def test_what_cannot_be_is_told_in_the_form(world: World, path: str, says: Any) -> None:
    ids = {"finance": world.acme.departments["Finance"].pk, "budi": world.acme.budi.pk}
    answer = post(world, path.format(**ids), **says)
    assert answer.status_code == 422
    with world.acme.acting():
        assert not Invitation.objects.exists()
        assert set(Department.objects.values_list("name", flat=True)) == {
            "Support",
            "Shipping",
            "Finance",
        }


def test_an_open_invitation_is_not_made_twice(world: World) -> None:
    assert post(world, "invitations/", email="new@x.example", role="agent").status_code == 302
    again = post(world, "invitations/", email="NEW@x.example", role="agent")
    assert again.status_code == 422
    with world.acme.acting():
        assert Invitation.objects.get().email == "new@x.example"


def test_the_last_owner_stays(world: World) -> None:
    owner = browser_of(world.acme.owner)
    answer = owner.post(f"/w/acme/settings/members/{world.acme.owner.pk}/", {"role": "agent"})
    assert answer.status_code == 422
    own = owner.post(f"/w/acme/settings/members/{world.acme.owner.pk}/activity/")
    assert own.status_code == 403


def test_only_an_owner_makes_and_unmakes_owners(world: World) -> None:
    invited = post(world, "invitations/", email="boss@x.example", role="owner")
    raised = post(world, f"members/{world.acme.budi.pk}/", role="owner")
    lowered = post(world, f"members/{world.acme.owner.pk}/", role="agent")
    ended = post(world, f"members/{world.acme.owner.pk}/activity/")
    assert {a.status_code for a in (invited, raised, lowered, ended)} == {403}
    owner = browser_of(world.acme.owner)
    path = f"/w/acme/settings/members/{world.acme.budi.pk}/"
    assert owner.post(path, {"role": "owner"}).status_code == 302
    assert owner.post(path, {"role": "agent"}).status_code == 302


def test_the_main_department_cannot_be_put_away(world: World) -> None:
    answer = post(world, f"departments/{world.acme.departments['Support'].pk}/retire/")
    assert answer.status_code == 409


def test_a_deactivated_member_is_out_at_once_and_can_be_let_in_again(world: World) -> None:
    sari = browser_of(world.acme.sari)
    assert sari.get("/w/acme/inbox/").status_code == 200
    assert post(world, f"members/{world.acme.sari.pk}/activity/").status_code == 302
    assert sari.get("/w/acme/inbox/").status_code == 404
    assert post(world, f"members/{world.acme.sari.pk}/activity/").status_code == 302
    assert sari.get("/w/acme/inbox/").status_code == 200


def test_a_token_is_shown_once(world: World) -> None:
    client = browser_of(world.acme.sari)
    made = client.post("/w/acme/settings/tokens/", {"name": "program"}).content.decode()
    assert made.count("hd_") >= 1
    assert "hd_" not in client.get("/w/acme/settings/tokens/").content.decode()
