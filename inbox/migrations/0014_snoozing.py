"""Conversations may be put aside until a time; which workspaces have some to wake (ids only)."""

from django.db import migrations, models

DOORS = """
CREATE FUNCTION hd_due_snoozes() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.id FROM accounts_workspace w WHERE EXISTS (
        SELECT 1 FROM inbox_conversation c
        WHERE c.workspace_id = w.id AND c.snoozed_until <= now())
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0013_open_by_time")]
    operations = [
        migrations.AddField(
            model_name="conversation",
            name="snoozed_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("snoozed_until__isnull", True), ("status", "handled"), _connector="OR"
                ),
                name="inbox_snoozed_is_handled",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("snoozed_until__isnull", False)),
                fields=["workspace", "snoozed_until"],
                name="inbox_snoozed",
            ),
        ),
        migrations.RunSQL(DOORS, "DROP FUNCTION hd_due_snoozes();"),
    ]
