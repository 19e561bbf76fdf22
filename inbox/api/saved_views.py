"""Saved views over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.idempotency import idempotent
from accounts.models import Department
from accounts.requests import member_of
from inbox import actions, queries
from inbox.api.views import KEY
from inbox.forms.lists import asked_for
from inbox.models import SavedView


class ViewSerializer(serializers.ModelSerializer[SavedView]):
    """A saved view; `query` is what follows `?` in the address of the inbox's list."""

    class Meta:
        model = SavedView
        fields = ["id", "name", "query", "sharing", "department", "owner"]
        read_only_fields = fields


class ChangedViewSerializer(serializers.Serializer[Any]):
    """What may be changed of a view. Sharing it takes a supervisor."""

    name = serializers.CharField(max_length=60)
    sharing = serializers.ChoiceField(
        choices=SavedView.Sharing.choices, default=SavedView.Sharing.OWN
    )
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.none(), required=False, allow_null=True, default=None
    )

    def get_fields(self) -> dict[str, Any]:
        """Departments are looked up among those of this workspace, at request time."""
        fields: dict[str, Any] = super().get_fields()
        fields["department"].queryset = Department.objects.filter(is_active=True)
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """With a department if it is shared with one."""
        if attrs["sharing"] == SavedView.Sharing.DEPARTMENT and not attrs["department"]:
            raise serializers.ValidationError({"department": [_("Choose a department.")]})
        return attrs


class NewViewSerializer(ChangedViewSerializer):
    """A view: tab, search and filter as in the address of the list."""

    query = serializers.CharField(max_length=2000, allow_blank=True, default="")

    def validate_query(self, text: str) -> str:
        """What makes sense of it, in the usual order."""
        return asked_for(QueryDict(text), self.context["request"])


class ViewsView(APIView):
    """The saved views that the member may use."""

    @extend_schema(responses=ViewSerializer(many=True), operation_id="views_list")
    def get(self, request: Request) -> Response:
        """His own, and those shared with him."""
        found = queries.saved_views(member_of(request))
        return Response(ViewSerializer(found, many=True).data)

    @extend_schema(
        request=NewViewSerializer,
        responses={201: ViewSerializer},
        operation_id="views_create",
        parameters=[KEY],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Save a view."""
        given = NewViewSerializer(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        made = actions.save_view(by=member_of(request), **given.validated_data)
        return Response(ViewSerializer(made).data, status=201)


class SavedViewView(APIView):
    """One saved view."""

    @extend_schema(
        request=ChangedViewSerializer, responses=ViewSerializer, operation_id="view_update"
    )
    def put(self, request: Request, view_id: int) -> Response:
        """Rename or share it."""
        given = ChangedViewSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        by = member_of(request)
        changed = actions.edit_view(_view(request, view_id), by=by, **given.validated_data)
        return Response(ViewSerializer(changed).data)

    @extend_schema(responses={204: None}, operation_id="view_delete")
    def delete(self, request: Request, view_id: int) -> Response:
        """Forget it."""
        actions.delete_view(_view(request, view_id), by=member_of(request))
        return Response(status=204)


def _view(request: Request, view_id: int) -> SavedView:
    return get_object_or_404(queries.saved_views(member_of(request)), pk=view_id)
