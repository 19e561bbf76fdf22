"""An index for the history of channels."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_doors"),
        ("activity", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                condition=models.Q(("name", "channel.changed")),
                fields=["workspace", "-seq"],
                name="activity_ledger_channels",
            ),
        ),
    ]
