from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0016_shared_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='executor',
            name='packages',
            field=models.JSONField(blank=True, db_default=models.Value({}, output_field=models.JSONField()), default=dict, help_text='The versions of the packages that programs may import, by language.', verbose_name='packages'),
        ),
    ]
