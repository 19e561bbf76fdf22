"""The inbox under a workspace's address."""

from django.urls import path

from inbox.views import commands, files, pages

app_name = "inbox"
urlpatterns = [
    path("", pages.show_list, name="list"),
    path("counts/", pages.show_counts, name="counts"),
    path("<int:number>/", pages.show_conversation, name="conversation"),
    path("<int:number>/thread/", pages.show_thread, name="thread"),
    path("<int:number>/accept/", commands.accept, name="accept"),
    path("<int:number>/release/", commands.release, name="release"),
    path("<int:number>/transfer/", commands.transfer, name="transfer"),
    path("<int:number>/resolve/", commands.resolve, name="resolve"),
    path("<int:number>/reply/", commands.reply, name="reply"),
    path("<int:number>/note/", commands.note, name="note"),
    path("<int:number>/read/", commands.read, name="read"),
    path("<int:number>/attachments/", files.upload, name="upload"),
    path("<int:number>/attachments/<uuid:uuid>/discard/", files.discard, name="upload-discard"),
    path("<int:number>/attachments/<uuid:uuid>/fetch/", files.fetch_again, name="attachment-fetch"),
    path("attachments/<uuid:uuid>/", files.attachment, name="attachment"),
    path("attachments/<uuid:uuid>/thumb/", files.thumb, name="attachment-thumb"),
    path("attachments/<uuid:uuid>/view/", files.view, name="attachment-view"),
    path("<int:number>/messages/<int:message_id>/retry/", commands.retry, name="message-retry"),
    path(
        "<int:number>/messages/<int:message_id>/discard/",
        commands.discard,
        name="message-discard",
    ),
]
