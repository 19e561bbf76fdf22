"""What the inbox's pages show: the contexts of list, thread, composer and collections."""

from inbox.screens.collections import attachments_context, template_context, template_counts
from inbox.screens.composer import composer
from inbox.screens.drafts import drafts_context, own_context, people_context
from inbox.screens.onboarding import welcome_context
from inbox.screens.page import list_context, notices_context, page_context, rows_context
from inbox.screens.thread import messages_context, rights, thread_context

__all__ = [
    "attachments_context",
    "composer",
    "drafts_context",
    "list_context",
    "messages_context",
    "notices_context",
    "own_context",
    "page_context",
    "people_context",
    "rights",
    "rows_context",
    "template_context",
    "template_counts",
    "thread_context",
    "welcome_context",
]
