"""Labels: what a conversation is about, in words of the workspace's own."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned
from inbox.models.conversation import Conversation


class Label(WorkspaceOwned):
    """A label that may be put on conversations; one that is put away stays where it is.
    `hue` is one of the twelve of `base.css`."""

    class Hue(models.IntegerChoices):
        RED = 0, _("Red")
        ORANGE = 1, _("Orange")
        AMBER = 2, _("Amber")
        LIME = 3, _("Lime")
        GREEN = 4, _("Green")
        EMERALD = 5, _("Emerald")
        TEAL = 6, _("Teal")
        SKY = 7, _("Sky")
        BLUE = 8, _("Blue")
        VIOLET = 9, _("Violet")
        PURPLE = 10, _("Purple")
        PINK = 11, _("Pink")

    name = models.CharField(max_length=40)
    hue = models.PositiveSmallIntegerField(choices=Hue.choices, default=Hue.TEAL)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("inbox_label"),
            models.UniqueConstraint("workspace", Lower("name"), name="inbox_label_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ConversationLabel(WorkspaceOwned):
    """A label on a conversation, with who put it there and when."""

    conversation = TenantKey(Conversation, on_delete=models.CASCADE, related_name="labellings")
    label = TenantKey(Label, related_name="labellings")
    added_by = TenantKey(Member, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints(
                "inbox_conversationlabel", "conversation", "label", "added_by", target=False
            ),
            models.UniqueConstraint(
                fields=["workspace", "conversation", "label"], name="inbox_label_once"
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "label", "conversation"], name="inbox_by_label")
        ]

    def __str__(self) -> str:
        return f"{self.label_id} on {self.conversation_id}"
