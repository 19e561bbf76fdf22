"""Members and departments, to read."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import queries
from accounts.api.serializers import DepartmentSerializer, MemberSerializer
from accounts.requests import member_of


class MembersView(APIView):
    """The members of the workspace."""

    @extend_schema(responses=MemberSerializer(many=True), operation_id="members_list")
    def get(self, request: Request) -> Response:
        """All of them, active ones first."""
        return Response(MemberSerializer(queries.members(), many=True).data)


class MeView(APIView):
    """The member who asks."""

    @extend_schema(responses=MemberSerializer, operation_id="me")
    def get(self, request: Request) -> Response:
        """Himself."""
        return Response(MemberSerializer(member_of(request)).data)


class DepartmentsView(APIView):
    """The active departments."""

    @extend_schema(responses=DepartmentSerializer(many=True), operation_id="departments_list")
    def get(self, request: Request) -> Response:
        """The main one first."""
        return Response(DepartmentSerializer(queries.departments(), many=True).data)
