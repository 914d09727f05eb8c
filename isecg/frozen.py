"""Tables whose rows cannot change, or only in some columns from a moment on.

The refusal is a database trigger, so that it holds for every `update()`, for the shell, and for the
application's own role; no session variable switches it off."""

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


KEEPING = """
CREATE OR REPLACE FUNCTION isecg_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := COALESCE(TG_ARGV, '{}');  -- without arguments it is NULL, and so would be the comparison
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free) THEN
    RAISE EXCEPTION '%: % refused by %', TG_TABLE_NAME, TG_OP, TG_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


def keep(name: str, *, table: str, when: str, but: list[str]) -> migrations.RunSQL:
    """A migration step after which rows of `table` for which `when` holds (SQL, of OLD) cannot be deleted,
    nor changed `but` in these columns; a column that comes later is kept, too."""
    columns = ", ".join(f"'{column}'" for column in but)
    create = f"""
    CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
      FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION isecg_keep({columns});
    """
    return migrations.RunSQL(KEEPING + create, f"DROP TRIGGER {name} ON {table};")
