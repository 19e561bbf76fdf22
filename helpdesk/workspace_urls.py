"""Pages of a workspace, below `/w/<slug>/`."""

from django.urls import include, path
from django.views.generic import RedirectView

from accounts import entrance

handler400 = "helpdesk.problems.bad_request"
handler403 = "helpdesk.problems.forbidden"
handler404 = "helpdesk.problems.not_found"
handler500 = "helpdesk.problems.broken"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="inbox:list"), name="home"),
    path("inbox/", include("inbox.urls")),
    path("settings/", include("accounts.urls")),
    path("settings/channels/", include("inbox.settings_urls")),
    path("settings/labels/", include("inbox.label_urls")),
    path("settings/quick-replies/", include("inbox.quick_reply_urls")),
    path("invitation/<str:token>/", entrance.invitation, name="invitation"),
    path("api/v1/", include("helpdesk.api_urls")),
]
