from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Whichever process ends a visitor's run: executors may delete no runs.
FORGET = """
CREATE FUNCTION runner_forget_visitor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM runner_run WHERE id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER runner_forget_visitor AFTER UPDATE OF status ON runner_run FOR EACH ROW
WHEN (NEW.owner_id IS NULL AND NEW.status = 'finished') EXECUTE FUNCTION runner_forget_visitor();
"""
KEEP = """
DROP TRIGGER runner_forget_visitor ON runner_run;
DROP FUNCTION runner_forget_visitor();
"""


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORGET)


def keep(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(KEEP)


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0094_visitors'),
    ]

    operations = [migrations.RunPython(forget, keep)]
