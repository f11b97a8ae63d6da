from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0072_upkeep_and_locked_lines'),
    ]

    operations = [
        migrations.AddField(
            model_name='snippet',
            name='breakpoints',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list, help_text="[{path, line, condition, hits, log}]: of the owner's debugger, not of the text.", verbose_name='breakpoints'),
        ),
        migrations.AlterField(
            model_name='snippet',
            name='size_bytes',
            field=models.PositiveIntegerField(default=0, help_text='Of all paths, contents and breakpoints.', verbose_name='size in bytes'),
        ),
    ]
