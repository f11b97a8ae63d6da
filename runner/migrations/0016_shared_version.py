import django.db.models.deletion
from django.db import migrations, models

# What is shared already shows the version of now from then on. One statement: snippets are large.
FREEZE = """
INSERT INTO runner_sharedversion
    (snippet_id, title, language, files, main, version, size_bytes, shared_at)
SELECT id, title, language, files, main, version, size_bytes, updated_at
FROM runner_snippet WHERE slug IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0015_time_zone'),
    ]

    operations = [
        migrations.CreateModel(
            name='SharedVersion',
            fields=[
                ('snippet', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='shared', serialize=False, to='runner.snippet', verbose_name='snippet')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('language', models.CharField(max_length=64, verbose_name='programming language')),
                ('files', models.JSONField(help_text='[{path, content}] in the order of their tabs.', verbose_name='files')),
                ('main', models.CharField(max_length=255, verbose_name='main file')),
                ('version', models.PositiveIntegerField(help_text='Of the snippet, when it was shared.', verbose_name='version')),
                ('size_bytes', models.PositiveIntegerField(help_text='Of all paths and contents.', verbose_name='size in bytes')),
                ('shared_at', models.DateTimeField(verbose_name='shared')),
            ],
            options={
                'verbose_name': 'shared version',
                'verbose_name_plural': 'shared versions',
            },
        ),
        migrations.RunSQL(FREEZE, migrations.RunSQL.noop),
    ]
