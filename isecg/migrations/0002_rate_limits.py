from django.core.management import call_command
from django.db import migrations


def create_table(apps, schema_editor):
    """allauth counts attempts in a database cache: no broker needed, and shared by all processes."""
    call_command("createcachetable", "rate_limits", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("isecg", "0001_initial")]
    operations = [migrations.RunPython(create_table, migrations.RunPython.noop)]
