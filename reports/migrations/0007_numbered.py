from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_copies")]
    operations = [
        *[
            migrations.RemoveField(model_name="edition", name=name)
            for name in ("file", "pages", "sha256", "size")
        ],
        migrations.AddConstraint(
            model_name="rendering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "failed"), _negated=True),
                fields=("report", "number"),
                name="one_rendering_per_number",
            ),
        ),
    ]
