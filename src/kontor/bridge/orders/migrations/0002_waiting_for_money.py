from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Least


class Migration(migrations.Migration):

    # A house at work goes on while the index is built.
    atomic = False

    dependencies = [
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='pay_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='remind_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='lapses_at',
            field=models.DateTimeField(null=True),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(Least('remind_at', 'lapses_at'), condition=models.Q(('released_at', None), ('state', 'confirmed')), name='orders_to_be_paid'),
        ),
    ]
