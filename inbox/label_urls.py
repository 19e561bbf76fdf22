"""Settings of labels: below `settings/labels/`."""

from django.urls import path

from inbox.views import labels

app_name = "labels"
urlpatterns = [
    path("", labels.labels, name="list"),
    path("<int:pk>/", labels.label, name="label"),
    path("<int:pk>/activity/", labels.activity, name="activity"),
]
