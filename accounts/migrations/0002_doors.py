"""The look-ups that cross workspaces: owned by the owner login, returning ids only."""

from django.db import migrations

DOORS = """
CREATE FUNCTION hd_workspace_by_slug(wanted text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM accounts_workspace WHERE slug = wanted
$$;

CREATE FUNCTION hd_workspaces() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM accounts_workspace ORDER BY id
$$;

CREATE FUNCTION hd_membership(wanted text, who bigint)
RETURNS TABLE (workspace_id bigint, member_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.workspace_id, m.id FROM accounts_member m
    JOIN accounts_workspace w ON w.id = m.workspace_id
    WHERE w.slug = wanted AND m.user_id = who AND m.is_active
$$;

CREATE FUNCTION hd_memberships_of(who bigint)
RETURNS TABLE (workspace_id bigint, member_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.workspace_id, m.id FROM accounts_member m WHERE m.user_id = who AND m.is_active
    ORDER BY m.workspace_id
$$;

CREATE FUNCTION hd_api_token(wanted text)
RETURNS TABLE (workspace_id bigint, member_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.workspace_id, t.member_id FROM accounts_apitoken t
    JOIN accounts_member m ON m.id = t.member_id
    JOIN accounts_user u ON u.id = m.user_id
    WHERE t.digest = wanted AND t.revoked_at IS NULL AND m.is_active AND u.is_active
$$;

CREATE FUNCTION hd_due_invitations() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT workspace_id FROM accounts_invitation
    WHERE mail_due_at <= now() AND mailed_at IS NULL
      AND accepted_at IS NULL AND revoked_at IS NULL
$$;
"""

UNDO = """
DROP FUNCTION hd_workspace_by_slug(text);
DROP FUNCTION hd_workspaces();
DROP FUNCTION hd_membership(text, bigint);
DROP FUNCTION hd_memberships_of(bigint);
DROP FUNCTION hd_api_token(text);
DROP FUNCTION hd_due_invitations();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(DOORS, UNDO)]
