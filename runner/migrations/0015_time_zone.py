from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0014_room'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='time_zone',
            field=models.CharField(blank=True, db_default='', default='', help_text="Of the program; empty: the site's.", max_length=64, verbose_name='time zone'),
        ),
    ]
