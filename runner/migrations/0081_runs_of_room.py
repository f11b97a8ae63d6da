from django.db import migrations, models

from runner.infrastructure.concurrent_index import AddIndexWithoutLock


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('runner', '0080_rooms'),
    ]

    operations = [
        AddIndexWithoutLock(
            model_name='run',
            index=models.Index(condition=models.Q(('room__isnull', False)), fields=['room', '-created_at'], name='run_of_room'),
        ),
    ]
