from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0016_shared_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='executor',
            name='withheld',
            field=models.JSONField(blank=True, help_text='Installed languages that it does not offer, with the reason.', null=True, verbose_name='withheld languages'),
        ),
    ]
