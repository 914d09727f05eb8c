from django.db import migrations

from isecg.frozen import keep

# What is issued stays: its row can only go on to superseded or withdrawn, once, and cannot be deleted; until
# the instant of issue it can still be recalled. `version` is no fact about it.
ISSUED = "OLD.state = 'issued' AND OLD.issued_at <= now()"
ENDED = "OLD.state IN ('superseded', 'withdrawn')"
ENDING = ["state", "ended_at", "end_reason", "superseded_by_id"]

# To whom an issued recommendation is addressed is part of it.
ADDRESSED = """
CREATE FUNCTION recommendations_addressees_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed recommendations_recommendation_addressees;
BEGIN
  FOREACH changed IN ARRAY ARRAY[
    CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD END, CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW END
  ] LOOP
    IF EXISTS (
      SELECT 1 FROM recommendations_recommendation WHERE id = changed.recommendation_id
        AND state IN ('issued', 'superseded', 'withdrawn') AND issued_at <= now()
    ) THEN
      RAISE EXCEPTION 'the addressees of an issued recommendation: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER recommendations_addressees_kept
  BEFORE INSERT OR UPDATE OR DELETE ON recommendations_recommendation_addressees
  FOR EACH ROW EXECUTE FUNCTION recommendations_addressees_kept();
"""
UNDO = """
DROP TRIGGER recommendations_addressees_kept ON recommendations_recommendation_addressees;
DROP FUNCTION recommendations_addressees_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0005_response_by_lot")]
    operations = [
        keep(
            "recommendations_issued",
            table="recommendations_recommendation",
            when=ISSUED,
            but=[*ENDING, "version"],
        ),
        keep("recommendations_ended", table="recommendations_recommendation", when=ENDED, but=["version"]),
        migrations.RunSQL(ADDRESSED, UNDO),
    ]
