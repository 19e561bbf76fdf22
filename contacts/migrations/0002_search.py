"""The search view: see `contacts.models.ContactSearch`."""

from django.db import migrations

VIEW = """
CREATE VIEW contacts_contact_search_v AS
SELECT id, workspace_id, name, phone FROM contacts_contact
WHERE workspace_id = (select nullif(current_setting('app.workspace_id', true), ''))::bigint;
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW contacts_contact_search_v")]
