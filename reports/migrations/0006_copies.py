from django.db import migrations

from isecg.frozen import freeze, keep

COPIES = """
INSERT INTO reports_copy (edition_id, place, language, paper, file, sha256, size, pages, checks)
SELECT id, 0, 'en', 'a4', file, sha256, size, pages, '[]' FROM reports_edition;
"""
# The number of what was rendered already; what failed or was given up has none that matters.
NUMBERS = """
UPDATE reports_rendering AS rendering SET number = edition.number
  FROM reports_edition AS edition WHERE edition.rendering_id = rendering.id;
UPDATE reports_rendering SET number = 10000 + id WHERE number = 0;
"""
STATES = "UPDATE reports_annualreport SET state = 'open' WHERE state = 'drafting';"


class Migration(migrations.Migration):
    """What there is moves to where it stands now; what was said once cannot change any more."""

    dependencies = [("reports", "0005_annual_report")]
    operations = [
        migrations.RunSQL(COPIES + NUMBERS + STATES, migrations.RunSQL.noop),
        *[
            freeze(f"reports_{table}")
            for table in ("copy", "approval", "confirmation", "review", "reminder", "planchange")
        ],
        keep(
            "reports_submitted",
            table="reports_submission",
            when="OLD.taken_back_at IS NULL",
            but=["taken_back_at", "taken_back_by_id"],
        ),
        keep("reports_taken_back", table="reports_submission", when="OLD.taken_back_at IS NOT NULL", but=[]),
    ]
