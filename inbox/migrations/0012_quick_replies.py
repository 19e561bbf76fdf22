"""Quick replies."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import helpdesk.tenancy.constraints
import helpdesk.tenancy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_preferences"),
        ("inbox", "0011_view_sharing"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuickReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shortcut", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("", "Any"), ("id", "Indonesia"), ("en", "English")],
                        max_length=2,
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=200)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("file_size", models.PositiveBigIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
                ("used", models.PositiveIntegerField(default=0)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "department",
                    helpdesk.tenancy.fields.TenantKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                    ),
                ),
                (
                    "member",
                    helpdesk.tenancy.fields.TenantKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
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
                "constraints": [
                    helpdesk.tenancy.constraints.WorkspacePolicy(name="inbox_quickreply_workspace"),
                    models.UniqueConstraint(
                        fields=("workspace", "id"), name="inbox_quickreply_key"
                    ),
                    helpdesk.tenancy.constraints.CompositeFK(
                        field="department", name="inbox_quickreply_department_fk"
                    ),
                    helpdesk.tenancy.constraints.CompositeFK(
                        field="member", name="inbox_quickreply_member_fk"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"),
                        django.db.models.functions.text.Lower("shortcut"),
                        models.F("department"),
                        models.F("member"),
                        name="inbox_quickreply_shortcut",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("department", None), ("member", None), _connector="OR"),
                        name="inbox_quickreply_for_whom",
                    ),
                ],
            },
        ),
    ]
