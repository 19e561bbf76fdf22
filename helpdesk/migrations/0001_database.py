"""What the tables of every app need: extensions, the search configuration, the cache."""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

# `simple` does not stem (Indonesian and English stand side by side); accents do not matter.
SEARCH = """
CREATE TEXT SEARCH CONFIGURATION helpdesk_search (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION helpdesk_search
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
"""

# Rate limits of sign-in live here: they must survive a restart of Valkey.
CACHE = """
CREATE TABLE helpdesk_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX helpdesk_cache_expires ON helpdesk_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(SEARCH, "DROP TEXT SEARCH CONFIGURATION helpdesk_search"),
        migrations.RunSQL(CACHE, "DROP TABLE helpdesk_cache"),
    ]
