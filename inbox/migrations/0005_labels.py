"""Labels and what they are on."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import helpdesk.tenancy.constraints
import helpdesk.tenancy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_doors"),
        ("inbox", "0004_due_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Label",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                (
                    "hue",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Red"),
                            (1, "Orange"),
                            (2, "Amber"),
                            (3, "Lime"),
                            (4, "Green"),
                            (5, "Emerald"),
                            (6, "Teal"),
                            (7, "Sky"),
                            (8, "Blue"),
                            (9, "Violet"),
                            (10, "Purple"),
                            (11, "Pink"),
                        ],
                        default=6,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
            },
        ),
        migrations.CreateModel(
            name="ConversationLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
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
                    "conversation",
                    helpdesk.tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="labellings",
                        to="inbox.conversation",
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
                (
                    "label",
                    helpdesk.tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labellings",
                        to="inbox.label",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=helpdesk.tenancy.constraints.WorkspacePolicy(name="inbox_label_workspace"),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="inbox_label_key"),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                django.db.models.functions.text.Lower("name"),
                name="inbox_label_name",
            ),
        ),
        migrations.AddIndex(
            model_name="conversationlabel",
            index=models.Index(
                fields=["workspace", "label", "conversation"], name="inbox_by_label"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversationlabel",
            constraint=helpdesk.tenancy.constraints.WorkspacePolicy(
                name="inbox_conversationlabel_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversationlabel",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="conversation", name="inbox_conversationlabel_conversation_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversationlabel",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="label", name="inbox_conversationlabel_label_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversationlabel",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="added_by", name="inbox_conversationlabel_added_by_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversationlabel",
            constraint=models.UniqueConstraint(
                fields=("workspace", "conversation", "label"), name="inbox_label_once"
            ),
        ),
    ]
