from django.db import migrations

from isecg.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [
        freeze(f"reports_{table}") for table in ("snapshot", "edition", "publication", "photograph")
    ]
