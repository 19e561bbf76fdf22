"""A view shared with a department names it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_preferences"),
        ("inbox", "0010_due_batches"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="savedview",
            name="inbox_savedview_shared_with",
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sharing", "department"), _negated=True),
                    ("department__isnull", False),
                    _connector="OR",
                ),
                name="inbox_savedview_shared_with",
            ),
        ),
    ]
