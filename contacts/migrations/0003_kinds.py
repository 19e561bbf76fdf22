"""Groups, organizations, and contacts that turned out to be another."""

import django.db.models.deletion
from django.db import migrations, models

import helpdesk.tenancy.constraints
import helpdesk.tenancy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_doors"),
        ("contacts", "0002_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="is_group",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="contact",
            name="merged_into",
            field=helpdesk.tenancy.fields.TenantKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contacts.contact",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="organization",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=helpdesk.tenancy.constraints.CompositeFK(
                field="merged_into", name="contacts_contact_merged_into_fk"
            ),
        ),
    ]
