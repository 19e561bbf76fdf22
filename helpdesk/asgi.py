"""Sockets and long poll: the `live` process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
os.environ.setdefault("DATABASE_USE_POOL", "1")

from django.core.asgi import get_asgi_application

get_asgi_application()

from activity.routing import application  # noqa: E402

__all__ = ["application"]
