from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0010_checks_of_prints")]

    operations = [
        migrations.AlterField(
            model_name="print",
            name="what",
            field=models.CharField(
                choices=[
                    ("text", "text"),
                    ("redline", "redline"),
                    ("comments", "comment table"),
                    ("commented", "text with comments"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
    ]
