"""The shape of accounts in the API."""

from __future__ import annotations

from rest_framework import serializers

from accounts.models import Department, Member


class DepartmentSerializer(serializers.ModelSerializer[Department]):
    """A department."""

    class Meta:
        model = Department
        fields = ["id", "name", "is_main"]
        read_only_fields = fields


class MemberSerializer(serializers.ModelSerializer[Member]):
    """A member; `departments` are ids."""

    departments = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields = ["id", "name", "role", "is_active", "departments"]
        read_only_fields = fields

    def get_departments(self, member: Member) -> list[int]:
        """Ids, from what was prefetched."""
        return [seat.department_id for seat in member.seats.all()]
