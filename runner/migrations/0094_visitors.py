import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0097_stills'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='network',
            field=models.CharField(blank=True, db_default='', default='', max_length=32, verbose_name='network'),
        ),
        migrations.AddField(
            model_name='run',
            name='visitor',
            field=models.CharField(blank=True, db_default='', default='', max_length=32, verbose_name='visitor'),
        ),
        migrations.AddField(
            model_name='snippet',
            name='open_to_visitors',
            field=models.BooleanField(db_default=False, default=False, help_text='People without an account may run the shared version.', verbose_name='visitors may run it'),
        ),
        migrations.AlterField(
            model_name='run',
            name='owner',
            field=models.ForeignKey(help_text="None: a visitor's. Its row is deleted when it ends.", null=True, on_delete=django.db.models.deletion.CASCADE, related_name='runs', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
    ]
