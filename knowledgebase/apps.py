"""The place of what the company knows: Category, Article."""

from django.apps import AppConfig


class KnowledgebaseConfig(AppConfig):
    """Nothing lives here yet."""

    name = "knowledgebase"
