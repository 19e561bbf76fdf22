"""Doors without a workspace; each finds its workspace in one named function."""

from django.urls import include, path

from accounts import entrance
from helpdesk import health
from inbox import hooks

handler400 = "helpdesk.problems.bad_request"
handler403 = "helpdesk.problems.forbidden"
handler404 = "helpdesk.problems.not_found"
handler500 = "helpdesk.problems.broken"

urlpatterns = [
    path("", entrance.switcher, name="switcher"),
    path("preferences/", entrance.preferences, name="preferences"),
    path("account/", include("allauth.urls")),
    path("hooks/<slug:kind>/<str:token>", hooks.webhook, name="webhook"),
    path("api/v1/", include("helpdesk.api_urls")),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
