from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0022_artifact'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='observed',
            field=models.CharField(blank=True, choices=[('debug', 'with a debugger'), ('trace', 'step by step')], db_default='', default='', help_text='By a debugger, or by a trace of its steps; empty: neither.', max_length=10, verbose_name='observed'),
        ),
    ]
