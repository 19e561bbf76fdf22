"""The API's URLs of the inbox."""

from django.urls import path

from helpdesk.tenancy import outside_unit
from inbox.api import (
    bulk,
    contacts,
    drafts,
    files,
    labels,
    mentions,
    quick_replies,
    saved_views,
    standing,
    views,
)

urlpatterns = [
    path("conversations/", views.ConversationsView.as_view()),
    path("conversations/<int:number>/", views.ConversationView.as_view()),
    path("conversations/<int:number>/messages/", views.MessagesView.as_view()),
    path("conversations/<int:number>/assignment/", views.AssignmentView.as_view()),
    path("conversations/<int:number>/transfer/", views.TransferView.as_view()),
    path("conversations/<int:number>/closure/", views.ClosureView.as_view()),
    path("conversations/<int:number>/read/", standing.ReadView.as_view()),
    path("conversations/<int:number>/snooze/", standing.SnoozeView.as_view()),
    path("conversations/<int:number>/contact/", contacts.ContactView.as_view()),
    path("conversations/<int:number>/contact/details/", contacts.ContactDetailsView.as_view()),
    path("conversations/<int:number>/drafts/", drafts.ConversationDraftsView.as_view()),
    path("conversations/<int:number>/drafts/<slug:kind>/", drafts.DraftView.as_view()),
    path("conversations/<int:number>/mentions/", mentions.ConversationMentionsView.as_view()),
    path("drafts/", drafts.DraftsView.as_view()),
    path("mentions/", mentions.MentionsView.as_view()),
    path("conversations/<int:number>/labels/", labels.ConversationLabelsView.as_view()),
    path("conversations/bulk/", bulk.BulkView.as_view()),
    path("batches/<uuid:uuid>/", bulk.BatchView.as_view()),
    path("views/", saved_views.ViewsView.as_view()),
    path("views/<int:view_id>/", saved_views.SavedViewView.as_view()),
    path("quick-replies/", quick_replies.QuickRepliesView.as_view()),
    path("labels/", labels.LabelsView.as_view()),
    path("conversations/<int:number>/attachments/", outside_unit(files.UploadsView.as_view())),
    path(
        "conversations/<int:number>/messages/<int:message_id>/reaction/",
        files.ReactionView.as_view(),
    ),
    path("attachments/<uuid:uuid>/", files.AttachmentView.as_view()),
    path("channels/<int:channel_id>/templates/", files.TemplatesView.as_view()),
    path("channels/", views.ChannelsView.as_view()),
]
