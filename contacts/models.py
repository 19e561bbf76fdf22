"""The tables of contacts."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext as _

from helpdesk.tenancy.constraints import tenant_constraints
from helpdesk.tenancy.fields import TenantKey
from helpdesk.tenancy.models import WorkspaceOwned


class Contact(WorkspaceOwned):
    """A customer, or a group of them. `phone` is E.164 with its plus, or blank. `details` are
    rows of ``{"label", "value"}`` that members add. `merged_into`: it turned out to be the same
    person; its addresses and conversations are there now."""

    EDITABLE = ("name", "phone", "email", "organization", "address", "note")

    name = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    note = models.TextField(blank=True)
    organization = models.CharField(max_length=160, blank=True)
    address = models.TextField(blank=True, default="")
    details = models.JSONField(default=list, blank=True)
    is_group = models.BooleanField(default=False)
    merged_into = TenantKey("self", null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(WorkspaceOwned.Meta):
        constraints = tenant_constraints("contacts_contact", "merged_into")
        indexes = [
            GinIndex(
                "workspace",
                OpClass(Upper("name"), name="gin_trgm_ops"),
                OpClass("phone", name="gin_trgm_ops"),
                name="contacts_contact_search",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.phone or _("Unknown")


class ContactIdentity(WorkspaceOwned):
    """An address of a contact on a channel; see `inbox.channels.IdentityKey`."""

    contact = TenantKey(Contact, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=20)
    scope = models.CharField(max_length=64, blank=True)
    value = models.CharField(max_length=160)

    class Meta(WorkspaceOwned.Meta):
        constraints = [
            *tenant_constraints("contacts_identity", "contact"),
            models.UniqueConstraint(
                fields=["workspace", "kind", "scope", "value"], name="contacts_identity_once"
            ),
        ]
        indexes = [models.Index(fields=["workspace", "contact"], name="contacts_identity_contact")]


class ContactSearch(models.Model):
    """The view `contacts_contact_search_v`: contacts of the current workspace, for ILIKE.

    Under row-level security a pattern may not use its index (it is not leakproof). The view
    belongs to the owner and filters by the same setting, so it may.
    """

    contact = models.OneToOneField(
        Contact, on_delete=models.DO_NOTHING, primary_key=True, db_column="id", related_name="+"
    )
    workspace_id = models.BigIntegerField()
    name = models.CharField(max_length=160)
    phone = models.CharField(max_length=20)

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        managed = False
        db_table = "contacts_contact_search_v"
