from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0012_labels'),
    ]

    operations = [
        migrations.AddField(
            model_name='executor',
            name='languages',
            field=models.JSONField(blank=True, verbose_name='languages', db_default=models.Value({}, output_field=models.JSONField()), default=dict, help_text='The versions of its languages, by their ids.'),
        ),
    ]
