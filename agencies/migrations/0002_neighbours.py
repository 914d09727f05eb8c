from django.db import migrations

# Neighbouring chair terms have different agencies. Checked at commit, so that a handover may be put
# between two terms by several statements.
CREATE = """
CREATE FUNCTION agencies_neighbours_differ() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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
CREATE CONSTRAINT TRIGGER agencies_neighbours_differ
  AFTER INSERT OR UPDATE OR DELETE ON agencies_chairterm
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agencies_neighbours_differ();
"""
DROP = """
DROP TRIGGER agencies_neighbours_differ ON agencies_chairterm;
DROP FUNCTION agencies_neighbours_differ();
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
