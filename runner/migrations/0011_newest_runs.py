from django.db import migrations, models

from runner.infrastructure.concurrent_index import AddIndexWithoutLock


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('runner', '0010_error_and_keep_open'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='run',
            index=models.Index(fields=['-created_at'], name='run_newest'),
        ),
    ]
