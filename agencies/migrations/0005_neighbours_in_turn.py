from django.db import migrations

# As migration `neighbours` has it, and besides one transaction after another: two handovers at the same
# moment cannot both be right because neither sees the other.
FUNCTION = """
CREATE OR REPLACE FUNCTION agencies_neighbours_differ() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {lock}
  IF EXISTS (
    SELECT 1 FROM (
      SELECT agency_id, lag(agency_id, 1) OVER by_start AS before, row_number() OVER by_start AS place
      FROM agencies_chairterm WINDOW by_start AS (ORDER BY start)
    ) AS terms WHERE place > 1 AND agency_id IS NOT DISTINCT FROM before
  ) THEN
    RAISE EXCEPTION 'neighbouring chair terms have the same agency'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'neighbours_differ';
  END IF;
  RETURN NULL;
END $$;
"""
LOCK = "PERFORM pg_advisory_xact_lock(hashtext('agencies_neighbours_differ'));"


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_waivers")]
    operations = [migrations.RunSQL(FUNCTION.format(lock=LOCK), FUNCTION.format(lock=""))]
