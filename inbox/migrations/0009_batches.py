"""Batches, and steps that can be taken back."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import helpdesk.tenancy.constraints
import helpdesk.tenancy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_preferences"),
        ("inbox", "0008_attention"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4)),
                ("operation", models.CharField(max_length=12)),
                ("parameters", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveSmallIntegerField()),
                ("done", models.PositiveSmallIntegerField(default=0)),
                ("refused", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    helpdesk.tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
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
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField()),
                ("seen", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("refused", "Refused")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40)),
                ("by_name", models.CharField(blank=True, max_length=120)),
                (
                    "batch",
                    helpdesk.tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="inbox.batch",
                    ),
                ),
                (
                    "conversation",
                    helpdesk.tenancy.fields.TenantKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "receiver",
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
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4)),
                ("kind", models.CharField(max_length=12)),
                ("before", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "batch",
                    helpdesk.tenancy.fields.TenantKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="inbox.batch",
                    ),
                ),
                (
                    "by",
                    helpdesk.tenancy.fields.TenantKey(
                        db_constraint=False,
                        db_index=False,
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
                        related_name="+",
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["workspace", "by", "-created_at"], name="inbox_batch_of"),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["workspace"],
                name="inbox_batch_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=helpdesk.tenancy.constraints.WorkspacePolicy(name="inbox_batch_workspace"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="inbox_batch_key"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="by", name="inbox_batch_by_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                fields=("workspace", "uuid"), name="inbox_batch_uuid"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=helpdesk.tenancy.constraints.WorkspacePolicy(
                name="inbox_batchitem_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="batch", name="inbox_batchitem_batch_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="conversation", name="inbox_batchitem_conversation_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="receiver", name="inbox_batchitem_receiver_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.UniqueConstraint(
                fields=("workspace", "batch", "number"), name="inbox_batchitem_once"
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["workspace", "at"], name="inbox_step_at"),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["workspace", "batch"], name="inbox_step_batch"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=helpdesk.tenancy.constraints.WorkspacePolicy(name="inbox_step_workspace"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="conversation", name="inbox_step_conversation_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="by", name="inbox_step_by_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="batch", name="inbox_step_batch_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                fields=("workspace", "uuid"), name="inbox_step_uuid"
            ),
        ),
    ]
