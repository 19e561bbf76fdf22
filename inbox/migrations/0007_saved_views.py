"""Saved views."""

import django.db.models.deletion
from django.db import migrations, models

import helpdesk.tenancy.constraints
import helpdesk.tenancy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_preferences"),
        ("inbox", "0006_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=2000)),
                (
                    "sharing",
                    models.CharField(
                        choices=[
                            ("own", "Only me"),
                            ("department", "A department"),
                            ("all", "Everybody"),
                        ],
                        default="own",
                        max_length=10,
                    ),
                ),
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
                    "owner",
                    helpdesk.tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
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
                    models.Index(fields=["workspace", "sharing", "owner"], name="inbox_view_for")
                ],
                "constraints": [
                    helpdesk.tenancy.constraints.WorkspacePolicy(name="inbox_savedview_workspace"),
                    helpdesk.tenancy.constraints.CompositeFK(
                        field="owner", name="inbox_savedview_owner_fk"
                    ),
                    helpdesk.tenancy.constraints.CompositeFK(
                        field="department", name="inbox_savedview_department_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("department__isnull", False), ("sharing", "department")),
                            models.Q(
                                models.Q(("sharing", "department"), _negated=True),
                                ("department__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="inbox_savedview_shared_with",
                    ),
                ],
            },
        ),
    ]
