import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_classrooms'),
        ('runner', '0019_withheld_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='classroom',
            field=models.ForeignKey(blank=True, db_index=False, help_text='In which it was started.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='runs', to='accounts.classroom', verbose_name='class'),
        ),
    ]
