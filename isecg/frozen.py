"""Tables whose rows cannot change. The refusal is a database trigger, so that it holds for every
`update()`, for the shell, and for the application's own role; no session variable switches it off."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION isecg_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION isecg_refuse();
CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION isecg_refuse();
"""
UNDO = """
DROP TRIGGER {table}_frozen ON {table};
DROP TRIGGER {table}_never_emptied ON {table};
"""


def freeze(table: str) -> migrations.RunSQL:
    """A migration step after which rows of `table` can be added and read, and nothing else."""
    return migrations.RunSQL(FUNCTION + TRIGGERS.format(table=table), UNDO.format(table=table))
