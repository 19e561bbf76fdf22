"""Settings of quick replies: below `settings/quick-replies/`."""

from django.urls import path

from inbox.views import quick_replies

app_name = "quick-replies"
urlpatterns = [
    path("", quick_replies.quick_replies, name="list"),
    path("<int:pk>/", quick_replies.quick_reply, name="reply"),
    path("<int:pk>/activity/", quick_replies.activity, name="activity"),
    path("<int:pk>/delete/", quick_replies.delete, name="delete"),
    path("<int:pk>/file/", quick_replies.file, name="file"),
]
