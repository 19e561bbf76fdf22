"""What may be read of contacts."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q, QuerySet

from contacts.models import ContactIdentity, ContactSearch
from helpdesk.prepared import prepared


@prepared
def addresses_of(contact_id: Any) -> QuerySet[ContactIdentity]:
    """Where a contact is reached, without the ids that providers give him (they have a scope)."""
    return ContactIdentity.objects.filter(contact=contact_id, scope="").order_by("id")


def matching(text: str) -> QuerySet[ContactSearch]:
    """Contacts whose name has `text` in it, or whose phone has its digits; by the trigram
    index. A leading zero is the Indonesian way to write +62."""
    found = Q(name__icontains=text)
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 3:
        found |= Q(phone__contains=digits.removeprefix("0") if digits[0] == "0" else digits)
    return ContactSearch.objects.filter(found)
