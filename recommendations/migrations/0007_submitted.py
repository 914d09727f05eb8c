from django.db import migrations

from isecg.frozen import freeze, keep

# An agency speaks only where it was asked: a foreign key cannot say that of a list.
ASKED = """
CREATE FUNCTION recommendations_asked_in_{what}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM recommendations_{what}_agencies
      WHERE {what}_id = NEW.{column} AND agency_id = NEW.agency_id
  ) THEN
    RAISE EXCEPTION '%: this agency was not asked', TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = 'speaks_where_it_was_asked';
  END IF;
  RETURN NEW;
END $$;
"""
SPEAKS = """
CREATE TRIGGER recommendations_{table}_asked BEFORE INSERT OR UPDATE OF agency_id, {column}
  ON recommendations_{table} FOR EACH ROW EXECUTE FUNCTION recommendations_asked_in_{what}();
"""


def asked(what, column, *tables):
    """Rows of these tables are of agencies that the consultation or silence procedure asks."""
    names = {"what": what, "column": column}
    create = [ASKED.format(**names), *(SPEAKS.format(table=table, **names) for table in tables)]
    drop = [f"DROP TRIGGER recommendations_{table}_asked ON recommendations_{table};" for table in tables]
    return migrations.RunSQL(create, [*drop, f"DROP FUNCTION recommendations_asked_in_{what}();"])


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0006_issued")]
    operations = [
        # A submitted comment's words are the agency's: it may be withdrawn, redacted (which hides, and does
        # not overwrite), released. Until then it is a working note.
        keep(
            "recommendations_submitted",
            table="recommendations_comment",
            when="OLD.submitted_at IS NOT NULL",
            but=["version", "withdrawn_at", "redacted_at", "redaction_reason", "published_at"],
        ),
        # What agencies were put under silence with: recalled or begun at once while it is held, concluded once.
        keep(
            "recommendations_silence_kept",
            table="recommendations_silenceprocedure",
            when="OLD.concluded_at IS NULL",
            but=["starts_at", "recalled_at", "concluded_at", "concluded_as"],
        ),
        keep(
            "recommendations_silence_concluded",
            table="recommendations_silenceprocedure",
            when="OLD.concluded_at IS NOT NULL",
            but=[],
        ),
        # An objection stays, withdrawn or not.
        keep(
            "recommendations_objection_kept",
            table="recommendations_objection",
            when="OLD.withdrawn_at IS NULL",
            but=["withdrawn_at", "withdrawal_reason"],
        ),
        keep(
            "recommendations_objection_withdrawn",
            table="recommendations_objection",
            when="OLD.withdrawn_at IS NOT NULL",
            but=[],
        ),
        # Who was asked stays on record.
        freeze("recommendations_consultation_agencies"),
        freeze("recommendations_silenceprocedure_agencies"),
        asked("consultation", "consultation_id", "comment", "grace"),
        asked("silenceprocedure", "procedure_id", "objection", "position"),
    ]
