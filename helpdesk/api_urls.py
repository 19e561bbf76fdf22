"""The API, version 1: with a token at the root, with a session below a workspace."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("", include("accounts.api.urls")),
    path("", include("inbox.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
]
