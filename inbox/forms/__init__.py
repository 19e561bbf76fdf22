"""What the inbox's pages may post and ask for."""

from inbox.forms.details import ContactForm, DetailForm
from inbox.forms.drafts import DraftForm, SentForm
from inbox.forms.handling import ReactionForm, SaveContactForm, TextForm, TransferForm
from inbox.forms.lists import TABS, BeforeForm, ListForm, TabForm, listing
from inbox.forms.replies import EXTRAS, ChosenForm, ReplyForm, TemplateForm

__all__ = [
    "EXTRAS",
    "TABS",
    "BeforeForm",
    "ChosenForm",
    "ContactForm",
    "DetailForm",
    "DraftForm",
    "ListForm",
    "ReactionForm",
    "ReplyForm",
    "SaveContactForm",
    "SentForm",
    "TabForm",
    "TemplateForm",
    "TextForm",
    "TransferForm",
    "listing",
]
