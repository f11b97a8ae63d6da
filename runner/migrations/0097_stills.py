from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0092_interviews'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='artifact',
            name='artifact_within_limits',
        ),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.CheckConstraint(condition=models.Q(Exact(models.F('bytes'), Length('data')), ('bytes__lte', 4194304), ('seq__gte', 1), ('seq__lte', 110)), name='artifact_within_limits'),
        ),
    ]
