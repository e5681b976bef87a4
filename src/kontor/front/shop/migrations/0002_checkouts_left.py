from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # A house at work goes on while it is built.
    atomic = False

    dependencies = [
        ('shop', '0001_initial'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='basket',
            index=models.Index(condition=models.Q(('held_until__isnull', False)), fields=['held_until'], name='baskets_at_the_checkout'),
        ),
    ]
