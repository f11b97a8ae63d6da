from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0099_file_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='handin',
            name='lines_kept',
            field=models.BooleanField(editable=False, help_text='As it was handed in; its snippet may be gone since. None: by an older version.', null=True, verbose_name='locked lines were kept'),
        ),
    ]
