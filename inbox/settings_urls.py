"""Settings of channels: below `settings/channels/`."""

from django.urls import path

from inbox.views import settings

app_name = "channels"
urlpatterns = [
    path("", settings.channels, name="list"),
    path("connect/<slug:kind>/", settings.connect, name="connect"),
    path("<int:pk>/", settings.channel, name="channel"),
    path("<int:pk>/test/", settings.test, name="test"),
    path("<int:pk>/disconnect/", settings.disconnect, name="disconnect"),
    path("<int:pk>/templates/", settings.templates, name="templates"),
    path("<int:pk>/templates/sync/", settings.sync_templates, name="templates-sync"),
    path("<int:pk>/payloads/", settings.payloads, name="payloads"),
    path("<int:pk>/payloads/<int:payload_id>/replay/", settings.replay, name="replay"),
]
