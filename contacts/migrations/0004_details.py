"""A contact's postal address, and what members write about it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_kinds")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="address",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="contact",
            name="details",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
