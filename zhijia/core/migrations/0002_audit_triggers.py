"""Audit lines can be added, never changed or removed: the database itself refuses, on both engines."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER core_auditline_no_{low} BEFORE {up} ON core_auditline
BEGIN SELECT RAISE(ABORT, 'audit lines are append-only'); END
"""
POSTGRES = """
CREATE OR REPLACE FUNCTION core_auditline_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit lines are append-only'; END $$;
CREATE TRIGGER core_auditline_append_only BEFORE UPDATE OR DELETE ON core_auditline
FOR EACH ROW EXECUTE FUNCTION core_auditline_refuse();
"""


def guard(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES)
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(SQLITE.format(low=verb.lower(), up=verb))


def release(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER core_auditline_append_only ON core_auditline")
        schema_editor.execute("DROP FUNCTION core_auditline_refuse()")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER core_auditline_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(guard, release)]
