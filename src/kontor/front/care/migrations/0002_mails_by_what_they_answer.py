import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # A house at work goes on while the index is built.
    atomic = False

    dependencies = [
        ('care', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='incomingmail',
            name='answered',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=models.Value([])),
        ),
        AddIndexConcurrently(
            model_name='incomingmail',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('state', 'taken')), fields=['answered'], name='mails_by_what_they_answer'),
        ),
    ]
