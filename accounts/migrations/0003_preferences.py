"""How a member wants his workspace."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_doors")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="preferences",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
