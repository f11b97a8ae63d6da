from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0017_executor_packages'),
    ]

    operations = [
        migrations.AddField(
            model_name='executor',
            name='withheld',
            field=models.JSONField(blank=True, help_text='Installed languages that it does not offer, with the reason.', null=True, verbose_name='withheld languages'),
        ),
    ]
