from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # A house at work goes on while the index is built.
    atomic = False

    dependencies = [
        ('progress', '0003_later_starts'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='late_since',
            field=models.DateTimeField(null=True),
        ),
        AddIndexConcurrently(
            model_name='plan',
            index=models.Index(condition=models.Q(('late_since__isnull', False)), fields=['id'], name='plans_that_are_late'),
        ),
    ]
