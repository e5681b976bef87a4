import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # A house at work goes on while these are built.
    atomic = False

    dependencies = [
        ('voice', '0003_reviews_sales_searches'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='signal',
            index=models.Index(condition=models.Q(('lot', ''), _negated=True), fields=['lot', '-at'], name='signals_of_a_lot'),
        ),
        AddIndexConcurrently(
            model_name='signal',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('words'), name='gin_trgm_ops'), name='signals_by_words'),
        ),
    ]
