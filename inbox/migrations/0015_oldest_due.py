"""The operator sees the age of every kind of due work; what a channel holds back is not due."""

from django.db import migrations

DOORS = """
CREATE OR REPLACE FUNCTION hd_oldest_due() RETURNS TABLE (kind text, seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT 'inbound', extract(epoch FROM now() - min(p.due_at))
    FROM inbox_inboundpayload p WHERE p.state = 'received' AND p.due_at <= now()
    UNION ALL
    SELECT 'outgoing', extract(epoch FROM now() - min(m.due_at))
    FROM inbox_message m
    JOIN inbox_channel c ON c.workspace_id = m.workspace_id AND c.id = m.channel_id
    WHERE m.state = 'queued' AND m.due_at <= now()
        AND c.state = 'active' AND (c.paused_until IS NULL OR c.paused_until <= now())
    UNION ALL
    SELECT 'files', extract(epoch FROM now() - min(a.due_at))
    FROM inbox_attachment a
    JOIN inbox_conversation v ON v.workspace_id = a.workspace_id AND v.id = a.conversation_id
    JOIN inbox_channel c ON c.workspace_id = v.workspace_id AND c.id = v.channel_id
    WHERE a.state = 'waiting' AND a.due_at <= now() AND c.state = 'active'
    UNION ALL
    SELECT 'batches', extract(epoch FROM now() - min(b.created_at))
    FROM inbox_batch b WHERE b.state = 'waiting'
    UNION ALL
    SELECT 'snoozed', extract(epoch FROM now() - min(v.snoozed_until))
    FROM inbox_conversation v WHERE v.snoozed_until <= now()
    UNION ALL
    SELECT 'mails', extract(epoch FROM now() - min(due.at)) FROM (
        SELECT due_at AS at FROM inbox_attentionmail WHERE due_at <= now()
        UNION ALL
        SELECT mail_due_at FROM accounts_invitation WHERE mail_due_at <= now() AND mailed_at IS NULL
    ) due
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION hd_oldest_due() RETURNS TABLE (kind text, seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT 'inbound', extract(epoch FROM now() - min(p.due_at))
    FROM inbox_inboundpayload p WHERE p.state = 'received' AND p.due_at <= now()
    UNION ALL
    SELECT 'outgoing', extract(epoch FROM now() - min(m.due_at))
    FROM inbox_message m WHERE m.state = 'queued' AND m.due_at <= now()
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_preferences"), ("inbox", "0014_snoozing")]
    operations = [migrations.RunSQL(DOORS, BEFORE)]
