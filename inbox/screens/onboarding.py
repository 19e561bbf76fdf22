"""The card "Getting started": what is done, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.preferences import welcome_of
from inbox.queries.onboarding import progress


@dataclass(frozen=True)
class Step:
    """One row; without `address` it is done by the button that sends a test message."""

    title: str
    hint: str
    is_done: bool
    act: str = ""
    address: str = ""


def welcome_context(member: Member) -> dict[str, Any]:
    """``welcome`` for the template, or nothing: for who answers no customers, who put the
    card away, or who has done it all and didn't ask for it."""
    wish = welcome_of(member)
    if not member.handles_chats or wish == "hidden":
        return {}
    done = progress(member)
    steps = _of_workspace(done) if member.administers else _of_agent(done, member)
    count = sum(step.is_done for step in steps)
    if count == len(steps) and wish != "shown":
        return {}
    following = next((step for step in steps if not step.is_done), None)
    return {"welcome": {"steps": steps, "done": count, "count": len(steps), "next": following}}


def _of_workspace(done: dict[str, bool]) -> list[Step]:
    return [
        Step(
            _("Answer a test message"),
            _("A test customer writes to you; no account anywhere is needed."),
            done["answered"],
        ),
        Step(
            _("Connect a channel"),
            _("From then on your customers' messages arrive here."),
            done["connected"],
            _("Connect"),
            reverse("channels:list"),
        ),
        Step(
            _("Invite a colleague"),
            _("The inbox is shared: who accepts a conversation has it."),
            done["joined"] or done["invited"],
            _("Invite"),
            reverse("accounts:invite"),
        ),
        Step(
            _("Staff every department"),
            _("Each department's queue is seen by the people in it."),
            not done["unstaffed"],
            _("Departments"),
            reverse("accounts:departments"),
        ),
        Step(
            _("Prepare labels or quick replies"),
            _("To sort conversations, and to answer what is asked every day."),
            done["labels"] or done["quick_replies"],
            _("Quick replies"),
            reverse("quick-replies:list"),
        ),
    ]


def _of_agent(done: dict[str, bool], member: Member) -> list[Step]:
    return [
        Step(
            _("Accept your first conversation"),
            _("Practise with a test customer: nobody real is waiting."),
            done["accepted"],
        ),
        Step(
            _("Send your first reply"),
            _("Open the conversation that you accepted, and write."),
            done["replied"],
            _("My conversations"),
            reverse("inbox:list") + "?view=mine",
        ),
        Step(
            _("Choose what you are told about"),
            _("Sound, desktop or email, and at which hours."),
            "attention" in member.preferences,
            _("Notifications"),
            reverse("accounts:notifications"),
        ),
    ]
