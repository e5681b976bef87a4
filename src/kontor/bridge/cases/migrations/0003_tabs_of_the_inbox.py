import django.db.models.functions.comparison
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # A house at work goes on while these are built.
    atomic = False

    dependencies = [
        ('cases', '0002_contacts_by_mail'),
    ]

    operations = [
        RemoveIndexConcurrently(
            model_name='case',
            name='open_cases_of_a_queue',
        ),
        RemoveIndexConcurrently(
            model_name='case',
            name='cases_of_a_clerk',
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(models.F('queue'), django.db.models.functions.comparison.Coalesce('due_at', 'opened_at'), models.F('id'), condition=models.Q(('merged_into', None), ('state', 'open')), name='open_matters_of_a_queue'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(models.F('queue'), django.db.models.functions.comparison.Coalesce('due_at', 'opened_at'), models.F('id'), condition=models.Q(('claimed_by_id', None), ('merged_into', None), ('state', 'open')), name='unclaimed_matters_of_a_queue'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(models.F('claimed_by_id'), django.db.models.functions.comparison.Coalesce('due_at', 'opened_at'), models.F('id'), condition=models.Q(('merged_into', None), ('state', 'open')), name='open_matters_of_a_clerk'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('merged_into', None), ('state', 'waiting')), fields=['queue', 'last_at', 'id'], name='waiting_matters_of_a_queue'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('merged_into', None), ('state', 'closed')), fields=['queue', '-closed_at', '-id'], name='closed_matters_of_a_queue'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(django.db.models.functions.text.Lower('email'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('email', ''), _negated=True), name='cases_of_an_email'),
        ),
    ]
