from django.db import migrations

from isecg.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [freeze("audit_event")]
