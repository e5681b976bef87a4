from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # A house at work goes on while the index is built.
    atomic = False

    dependencies = [
        ('promises', '0003_begun'),
    ]

    operations = [
        migrations.AddField(
            model_name='bucket',
            name='overdue_at',
            field=models.DateTimeField(null=True),
        ),
        AddIndexConcurrently(
            model_name='bucket',
            index=models.Index(condition=models.Q(('closed_at', None), ('kind', 'receipt')), fields=['starts_at'], name='receipts_to_come'),
        ),
    ]
