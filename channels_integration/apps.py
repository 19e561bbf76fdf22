"""The outside world: one folder per channel, each with an adapter."""

from __future__ import annotations

from django.apps import AppConfig


class ChannelsIntegrationConfig(AppConfig):
    """The adapters; the inbox finds them by its settings."""

    name = "channels_integration"
