from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# A function that acts with its owner's rights. Who may create tables of a session could put one in
# place of `runner_run`, or a trigger with this function on one: it finds tables of the schema
# first, deletes rows of visitors alone, and nobody else uses it.
FORGET = """
CREATE OR REPLACE FUNCTION runner_forget_visitor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO {schema}, pg_temp AS $$
BEGIN
    DELETE FROM runner_run WHERE id = NEW.id AND owner_id IS NULL AND status = 'finished';
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION runner_forget_visitor() FROM PUBLIC;
"""


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = schema_editor.quote_name(cursor.fetchone()[0])
    schema_editor.execute(FORGET.format(schema=schema))


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0095_forget_visitors'),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
