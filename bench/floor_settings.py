"""The product's server with nothing of the product: no middleware, two views."""

from helpdesk.settings import *  # noqa: F403

INSTALLED_APPS = ["helpdesk", "accounts", "django.contrib.contenttypes", "django.contrib.auth"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.floor_urls"
ALLOWED_HOSTS = ["127.0.0.1"]
