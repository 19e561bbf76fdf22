"""All that are open, by their last message, have an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_preferences"),
        ("contacts", "0004_details"),
        ("inbox", "0012_quick_replies"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["workspace", "-last_message_at", "-id"],
                condition=models.Q(("status", "resolved"), _negated=True),
                name="inbox_open_by_time",
            ),
        ),
    ]
