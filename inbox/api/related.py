"""Rows that a body names by their ids."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

MOST = 100


class FewRows(serializers.ManyRelatedField):
    """As many rows as anybody needs, and no more: each is looked up alone."""

    def to_internal_value(self, data: Any) -> Any:
        """The rows, in the order of their ids in the body."""
        if isinstance(data, list) and len(data) > MOST:
            raise serializers.ValidationError(_("At most %(most)d at once.") % {"most": MOST})
        return super().to_internal_value(data)
