from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0098_forget_only_visitors'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='file_notices',
            field=models.JSONField(blank=True, help_text='{code: figures}: what is said of its files that are not returned, or not kept.', null=True, verbose_name='notices of files'),
        ),
    ]
