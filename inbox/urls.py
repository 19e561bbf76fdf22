"""The inbox under a workspace's address."""

from django.urls import path

from inbox.views import (
    collections,
    commands,
    composing,
    expired,
    files,
    filters,
    finding,
    labels,
    pages,
    words,
)

app_name = "inbox"
urlpatterns = [
    path("", pages.show_list, name="list"),
    path("counts/", pages.show_counts, name="counts"),
    path("find/", finding.find, name="find"),
    path("own/", words.own, name="own"),
    path("expired/", expired.resolve_expired, name="resolve-expired"),
    path("filter/", filters.show_filter, name="filter"),
    path("rows/", filters.show_rows, name="rows"),
    path("views/", filters.save, name="view-save"),
    path("views/<int:pk>/", filters.edit, name="view"),
    path("views/<int:pk>/delete/", filters.delete, name="view-delete"),
    path("notices/", pages.show_notices, name="notices"),
    path("attachments/<uuid:uuid>/", files.attachment, name="attachment"),
    path("attachments/<uuid:uuid>/view/", files.view, name="attachment-view"),
    path("attachments/<uuid:uuid>/thumb/", files.thumb, name="attachment-thumb"),
    path("<int:number>/", pages.show_conversation, name="conversation"),
    path("<int:number>/thread/", pages.show_thread, name="thread"),
    path("<int:number>/accept/", commands.accept, name="accept"),
    path("<int:number>/release/", commands.release, name="release"),
    path("<int:number>/transfer/", commands.transfer, name="transfer"),
    path("<int:number>/resolve/", commands.resolve, name="resolve"),
    path("<int:number>/labels/", labels.choose, name="labels"),
    path("<int:number>/reply/", composing.reply, name="reply"),
    path("<int:number>/note/", commands.note, name="note"),
    path("<int:number>/draft/", words.draft, name="draft"),
    path("<int:number>/read/", commands.read, name="read"),
    path("<int:number>/template/", composing.template_send, name="template-send"),
    path("<int:number>/compose/<slug:kind>/", composing.extra, name="extra"),
    path("<int:number>/typing/", composing.typing, name="typing"),
    path("<int:number>/attachments/", collections.attachments, name="attachments"),
    path("<int:number>/attachments/<uuid:uuid>/fetch/", files.fetch_again, name="attachment-fetch"),
    path("<int:number>/attachments/<uuid:uuid>/discard/", files.discard, name="upload-discard"),
    path("<int:number>/messages/<int:message_id>/retry/", commands.retry, name="message-retry"),
    path(
        "<int:number>/messages/<int:message_id>/discard/",
        commands.discard,
        name="message-discard",
    ),
    path("<int:number>/messages/<int:message_id>/react/", commands.react, name="react"),
    path(
        "<int:number>/messages/<int:message_id>/contacts/<int:index>/save/",
        commands.save_contact,
        name="save-contact",
    ),
]
