"""The search view of messages, and the look-ups that cross workspaces (ids only)."""

from django.db import migrations

VIEW = """
CREATE VIEW inbox_message_search_v AS
SELECT id, workspace_id, conversation_id, sent_at, tsv FROM inbox_message
WHERE workspace_id = (select nullif(current_setting('app.workspace_id', true), ''))::bigint;
"""

DOORS = """
CREATE FUNCTION hd_channel_by_token(wanted_kind text, wanted text)
RETURNS TABLE (workspace_id bigint, channel_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.workspace_id, c.id FROM inbox_channel c
    WHERE c.token = wanted AND c.kind = wanted_kind AND c.state <> 'disconnected'
$$;

CREATE FUNCTION hd_due_inbound() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.id FROM accounts_workspace w WHERE EXISTS (
        SELECT 1 FROM inbox_inboundpayload p
        WHERE p.workspace_id = w.id AND p.state = 'received' AND p.due_at <= now())
$$;

CREATE FUNCTION hd_due_outgoing() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.id FROM accounts_workspace w WHERE EXISTS (
        SELECT 1 FROM inbox_message m
        WHERE m.workspace_id = w.id AND m.state = 'queued' AND m.due_at <= now())
    OR EXISTS (
        SELECT 1 FROM inbox_message m
        WHERE m.workspace_id = w.id AND m.state = 'sending' AND m.lease_until < now())
$$;

CREATE FUNCTION hd_oldest_due() RETURNS TABLE (kind text, seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT 'inbound', extract(epoch FROM now() - min(p.due_at))
    FROM inbox_inboundpayload p WHERE p.state = 'received' AND p.due_at <= now()
    UNION ALL
    SELECT 'outgoing', extract(epoch FROM now() - min(m.due_at))
    FROM inbox_message m WHERE m.state = 'queued' AND m.due_at <= now()
$$;
"""

UNDO = """
DROP FUNCTION hd_channel_by_token(text, text);
DROP FUNCTION hd_due_inbound();
DROP FUNCTION hd_due_outgoing();
DROP FUNCTION hd_oldest_due();
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_initial"), ("accounts", "0002_doors")]
    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW inbox_message_search_v"),
        migrations.RunSQL(DOORS, UNDO),
    ]
