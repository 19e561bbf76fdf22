"""Files, templates, reactions, edits, deletions, referrals; what a channel must wait for."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import helpdesk.tenancy.constraints
import helpdesk.tenancy.fields
import inbox.models.attachment


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_doors"),
        ("contacts", "0003_kinds"),
        ("inbox", "0002_doors"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("image", "Photo"),
                            ("video", "Video"),
                            ("audio", "Audio"),
                            ("document", "Document"),
                            ("sticker", "Sticker"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=255)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "file",
                    models.FileField(
                        blank=True, max_length=200, upload_to=inbox.models.attachment.storage_key
                    ),
                ),
                (
                    "thumb",
                    models.FileField(
                        blank=True, max_length=200, upload_to=inbox.models.attachment.storage_key
                    ),
                ),
                (
                    "view",
                    models.FileField(
                        blank=True, max_length=200, upload_to=inbox.models.attachment.storage_key
                    ),
                ),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being fetched"),
                            ("stored", "Stored"),
                            ("gone", "Not available"),
                        ],
                        default="stored",
                        max_length=8,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("remote", models.JSONField(blank=True, default=dict)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="MessageTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_id", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=512)),
                ("language", models.CharField(max_length=20)),
                ("category", models.CharField(blank=True, max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("pending", "In review"),
                            ("rejected", "Rejected"),
                            ("paused", "Paused"),
                            ("disabled", "Disabled"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("quality", models.CharField(blank=True, max_length=20)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("shape", models.JSONField(default=dict)),
                ("fields", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="channel",
            name="paused_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="channel",
            name="quality",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="channel",
            name="templates_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="referral",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="message",
            name="deleted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="reactions",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name="message",
            name="external_id",
            field=models.CharField(blank=True, max_length=512, null=True),
        ),
        migrations.AlterField(
            model_name="message",
            name="reply_to",
            field=models.CharField(blank=True, max_length=512),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("workspace", "id"), name="inbox_message_key"
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="conversation",
            field=helpdesk.tenancy.fields.TenantKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="inbox.conversation",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="message",
            field=helpdesk.tenancy.fields.TenantKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="inbox.message",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="uploaded_by",
            field=helpdesk.tenancy.fields.TenantKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.member",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="workspace",
            field=helpdesk.tenancy.fields.WorkspaceKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.workspace",
            ),
        ),
        migrations.AddField(
            model_name="messagetemplate",
            name="channel",
            field=helpdesk.tenancy.fields.TenantKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="templates",
                to="inbox.channel",
            ),
        ),
        migrations.AddField(
            model_name="messagetemplate",
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
            model_name="attachment",
            index=models.Index(fields=["workspace", "message"], name="inbox_attachment_message"),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                fields=["workspace", "conversation", "-id"], name="inbox_attachment_talk"
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["workspace", "due_at"],
                name="inbox_attachment_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=helpdesk.tenancy.constraints.WorkspacePolicy(
                name="inbox_attachment_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("workspace", "id"), name="inbox_attachment_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="conversation", name="inbox_attachment_conversation_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="message", name="inbox_attachment_message_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="uploaded_by", name="inbox_attachment_uploaded_by_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("workspace", "uuid"), name="inbox_attachment_uuid"
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=helpdesk.tenancy.constraints.WorkspacePolicy(
                name="inbox_template_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=models.UniqueConstraint(
                fields=("workspace", "id"), name="inbox_template_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="channel", name="inbox_template_channel_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=models.UniqueConstraint(
                fields=("workspace", "channel", "name", "language"), name="inbox_template_once"
            ),
        ),
    ]
