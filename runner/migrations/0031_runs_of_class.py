from django.db import migrations, models

from runner.infrastructure.concurrent_index import AddIndexWithoutLock


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('runner', '0030_run_classroom'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='run',
            index=models.Index(condition=models.Q(('classroom__isnull', False)), fields=['classroom', '-created_at'], name='run_of_class'),
        ),
    ]
