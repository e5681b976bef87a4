import django.db.models.deletion
import django.db.models.expressions
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField()),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('tax_code', models.CharField(max_length=12)),
                ('tax_rate', models.DecimalField(decimal_places=2, max_digits=5)),
                ('gross_amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('arose_on', models.DateField()),
                ('invoiced_quantity', models.DecimalField(db_default=0, decimal_places=4, max_digits=16)),
                ('invoiced_gross', models.DecimalField(db_default=0, decimal_places=2, max_digits=14)),
                ('cancelled_quantity', models.DecimalField(db_default=0, decimal_places=4, max_digits=16)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='orders.order')),
                ('order_line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='charge', to='orders.orderline')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('invoiced_quantity__gte', 0), ('quantity__gte', django.db.models.expressions.CombinedExpression(models.F('invoiced_quantity'), '+', models.F('cancelled_quantity')))), name='no_more_is_invoiced_than_charged')],
            },
        ),
    ]
