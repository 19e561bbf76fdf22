"""The place of supervision: Observe, Viewer Mode, Force Distribution, Wallboard."""

from django.apps import AppConfig


class ObserveConfig(AppConfig):
    """Nothing lives here yet."""

    name = "observe"
