"""Which workspaces have files to fetch (ids only)."""

from django.db import migrations

DOORS = """
CREATE FUNCTION hd_due_attachments() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.id FROM accounts_workspace w WHERE EXISTS (
        SELECT 1 FROM inbox_attachment a
        JOIN inbox_conversation v ON v.workspace_id = a.workspace_id AND v.id = a.conversation_id
        JOIN inbox_channel c ON c.workspace_id = v.workspace_id AND c.id = v.channel_id
        WHERE a.workspace_id = w.id AND a.state = 'waiting' AND a.due_at <= now()
            AND c.state = 'active')
$$;

CREATE OR REPLACE FUNCTION hd_due_outgoing() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.id FROM accounts_workspace w WHERE EXISTS (
        SELECT 1 FROM inbox_message m
        JOIN inbox_channel c ON c.workspace_id = m.workspace_id AND c.id = m.channel_id
        WHERE m.workspace_id = w.id AND m.state = 'queued' AND m.due_at <= now()
            AND c.state = 'active' AND (c.paused_until IS NULL OR c.paused_until <= now()))
    OR EXISTS (
        SELECT 1 FROM inbox_message m
        WHERE m.workspace_id = w.id AND m.state = 'sending' AND m.lease_until < now())
$$;
"""

UNDO = """
DROP FUNCTION hd_due_attachments();
CREATE OR REPLACE FUNCTION hd_due_outgoing() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.id FROM accounts_workspace w WHERE EXISTS (
        SELECT 1 FROM inbox_message m
        WHERE m.workspace_id = w.id AND m.state = 'queued' AND m.due_at <= now())
    OR EXISTS (
        SELECT 1 FROM inbox_message m
        WHERE m.workspace_id = w.id AND m.state = 'sending' AND m.lease_until < now())
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_kinds")]
    operations = [migrations.RunSQL(DOORS, UNDO)]
