"""Which workspaces have an operation on many conversations to do (ids only)."""

from django.db import migrations

DOORS = """
CREATE FUNCTION hd_due_batches() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.id FROM accounts_workspace w WHERE EXISTS (
        SELECT 1 FROM inbox_batch b WHERE b.workspace_id = w.id AND b.state = 'waiting')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0009_batches")]
    operations = [migrations.RunSQL(DOORS, "DROP FUNCTION hd_due_batches();")]
