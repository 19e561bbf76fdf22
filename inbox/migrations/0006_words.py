"""Drafts, and who is mentioned in notes."""

import django.db.models.deletion
from django.db import migrations, models

import helpdesk.tenancy.constraints
import helpdesk.tenancy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_doors"),
        ("inbox", "0005_labels"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("reply", "reply"), ("note", "note")], max_length=5),
                ),
                ("text", models.TextField(blank=True)),
                ("seen", models.BigIntegerField(default=0)),
                ("is_filled", models.BooleanField(default=False)),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("writer", models.CharField(blank=True, max_length=32)),
                ("step", models.PositiveBigIntegerField(default=0)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "conversation",
                    helpdesk.tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "member",
                    helpdesk.tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="accounts.member",
                    ),
                ),
                (
                    "quoting",
                    helpdesk.tenancy.fields.TenantKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.message",
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
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="draft",
            field=helpdesk.tenancy.fields.TenantKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="inbox.draft",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="conversation",
            field=helpdesk.tenancy.fields.TenantKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentions",
                to="inbox.conversation",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="member",
            field=helpdesk.tenancy.fields.TenantKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to="accounts.member",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="message",
            field=helpdesk.tenancy.fields.TenantKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentions",
                to="inbox.message",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="workspace",
            field=helpdesk.tenancy.fields.WorkspaceKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.workspace",
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("is_filled", True)),
                fields=["workspace", "member"],
                name="inbox_draft_filled",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=helpdesk.tenancy.constraints.WorkspacePolicy(name="inbox_draft_workspace"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="inbox_draft_key"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="member", name="inbox_draft_member_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="conversation", name="inbox_draft_conversation_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="quoting", name="inbox_draft_quoting_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("workspace", "member", "conversation", "kind"), name="inbox_draft_once"
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                fields=["workspace", "member", "conversation"], name="inbox_mention_member"
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["workspace", "member"],
                name="inbox_mention_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=helpdesk.tenancy.constraints.WorkspacePolicy(name="inbox_mention_workspace"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="message", name="inbox_mention_message_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="conversation", name="inbox_mention_conversation_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="member", name="inbox_mention_member_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(
                fields=("workspace", "message", "member"), name="inbox_mention_once"
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("draft__isnull", False)),
                fields=["workspace", "draft"],
                name="inbox_attachment_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="draft", name="inbox_attachment_draft_fk"
            ),
        ),
    ]
