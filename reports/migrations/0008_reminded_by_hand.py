from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0007_numbered"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminded_once_a_stage",
        ),
        migrations.AlterField(
            model_name="reminder",
            name="due_at",
            field=models.DateTimeField(null=True, verbose_name="deadline"),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="stage",
            field=models.CharField(
                choices=[
                    ("soon", "a week before"),
                    ("last", "two days before"),
                    ("over", "the day after"),
                    ("hand", "by the secretariat"),
                ],
                max_length=4,
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "hand"), _negated=True),
                fields=("contribution", "section", "what", "stage", "due_at"),
                name="reminded_once_a_stage",
                nulls_distinct=False,
            ),
        ),
    ]
