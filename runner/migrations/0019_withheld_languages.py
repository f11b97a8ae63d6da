from django.db import migrations, models
from django.db.models.functions import Cast, Coalesce, Length
from django.db.models.lookups import LessThanOrEqual


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
        migrations.AddConstraint(
            model_name='executor',
            constraint=models.CheckConstraint(
                name='executor_languages_are_short',
                condition=LessThanOrEqual(
                    Coalesce(Length(Cast('languages', models.TextField())), 0)
                    + Coalesce(Length(Cast('withheld', models.TextField())), 0),
                    100_000,
                ),
            ),
        ),
    ]
