from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('runner', '0013_executor_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='source_bytes',
            field=models.PositiveBigIntegerField(db_default=0, default=0, verbose_name='size of the program in bytes'),
        ),
        migrations.AddField(
            model_name='run',
            name='recording_bytes',
            field=models.PositiveBigIntegerField(db_default=0, default=0, verbose_name='size of the recording in bytes'),
        ),
        migrations.CreateModel(
            name='RemovedRuns',
            fields=[
                ('owner', models.OneToOneField(on_delete=models.deletion.CASCADE, primary_key=True, related_name='removed_runs', serialize=False, to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('count', models.PositiveBigIntegerField(default=0, verbose_name='number')),
                ('removed_at', models.DateTimeField(verbose_name='last removed')),
            ],
            options={
                'verbose_name': 'removed runs',
                'verbose_name_plural': 'removed runs',
            },
        ),
    ]
