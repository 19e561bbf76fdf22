"""Mails about what calls for a member's attention, and which workspaces have some due."""

import django.db.models.deletion
from django.db import migrations, models

import helpdesk.tenancy.constraints
import helpdesk.tenancy.fields

# What happened before this came is nobody's call any more.
BEGIN = """
INSERT INTO inbox_attentionreading (workspace_id, seq)
SELECT workspace_id, seq FROM activity_feedcounter;
"""

DOORS = """
CREATE FUNCTION hd_due_calls() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.workspace_id FROM activity_feedcounter f
    LEFT JOIN inbox_attentionreading r ON r.workspace_id = f.workspace_id
    WHERE coalesce(r.read_at, '-infinity') <= now() - interval '5 minutes'
      AND EXISTS (
        SELECT 1 FROM activity_ledgerentry e
        WHERE e.workspace_id = f.workspace_id AND e.seq = coalesce(r.seq, 0) + 1
          AND e.at <= now() - interval '5 minutes')
    UNION
    SELECT workspace_id FROM inbox_attentionmail WHERE due_at <= now()
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_preferences"),
        ("activity", "0002_channel_history"),
        ("inbox", "0007_saved_views"),
    ]

    operations = [
        migrations.CreateModel(
            name="AttentionMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("items", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    helpdesk.tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "workspace",
                    helpdesk.tenancy.fields.WorkspaceKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["workspace", "member", "-created_at"], name="inbox_attentionmail_of"
                    ),
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["workspace", "due_at"],
                        name="inbox_attentionmail_due",
                    ),
                ],
                "constraints": [
                    helpdesk.tenancy.constraints.WorkspacePolicy(
                        name="inbox_attentionmail_workspace"
                    ),
                    helpdesk.tenancy.constraints.CompositeFK(
                        field="member", name="inbox_attentionmail_member_fk"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttentionReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.BigIntegerField(default=0)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "workspace",
                    helpdesk.tenancy.fields.WorkspaceKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    helpdesk.tenancy.constraints.WorkspacePolicy(
                        name="inbox_attentionreading_workspace"
                    ),
                    models.UniqueConstraint(
                        fields=("workspace",), name="inbox_attentionreading_once"
                    ),
                ],
            },
        ),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
        migrations.RunSQL(DOORS, "DROP FUNCTION hd_due_calls()"),
    ]
