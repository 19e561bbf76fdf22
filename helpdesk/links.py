"""Links that leave the current workspace's prefix, or carry the whole origin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse


def without_prefix(path: str) -> str:
    """A path as seen from the root of the site."""
    prefix = get_script_prefix()
    return "/" + path[len(prefix) :] if path.startswith(prefix) else path


def root_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a door without a workspace: sign-in, switcher, webhooks."""
    found = reverse(name, urlconf=settings.ROOT_URLCONF, args=args, kwargs=kwargs)
    return without_prefix(found)


def workspace_prefix(slug: str) -> str:
    """The URL prefix of a workspace, with both slashes."""
    return f"/w/{slug}/"


def workspace_url(slug: str, name: str, *args: Any) -> str:
    """The path of a page of a workspace, from anywhere."""
    found = reverse(name, urlconf=settings.WORKSPACE_URLCONF, args=args)
    return workspace_prefix(slug) + without_prefix(found).lstrip("/")


def absolute(path: str) -> str:
    """With the first public origin, for mails."""
    origin: str = settings.PUBLIC_ORIGINS[0]
    return origin + path
