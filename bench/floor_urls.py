"""The two floor pages."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path


class Row(models.Model):
    """A row of the bench's own table."""

    preview = models.TextField()
    at = models.DateTimeField()
    unread = models.IntegerField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_conversation"


PAGE = engines["django"].from_string(
    "<ul>{% for row in rows %}<li>{{ row.id }} {{ row.preview }} {{ row.at|date:'c' }}</li>"
    "{% endfor %}</ul>"
)


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return _sized(HttpResponse("ok"))


def rows(request: HttpRequest) -> HttpResponse:
    """The newest 25, by their index."""
    newest = Row.objects.order_by("-at", "-id")[:25]
    return _sized(HttpResponse(PAGE.render({"rows": newest})))


def _sized(response: HttpResponse) -> HttpResponse:
    """What CommonMiddleware does: without a length the server would send chunks."""
    response["Content-Length"] = str(len(response.content))
    return response


urlpatterns = [path("empty", empty), path("rows", rows)]
