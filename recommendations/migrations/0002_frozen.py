from django.db import migrations

from isecg.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_initial")]
    operations = [
        freeze(f"recommendations_{table}")
        for table in ("revision", "paragraph", "extension", "position", "approval", "issue")
    ]
