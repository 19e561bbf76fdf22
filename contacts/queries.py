"""What may be read of contacts."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet

from contacts.models import ContactSearch


def matching(text: str) -> QuerySet[ContactSearch]:
    """Contacts whose name has `text` in it, or whose phone has its digits; by the trigram
    index. A leading zero is the Indonesian way to write +62."""
    found = Q(name__icontains=text)
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 3:
        found |= Q(phone__contains=digits.removeprefix("0") if digits[0] == "0" else digits)
    return ContactSearch.objects.filter(found)
