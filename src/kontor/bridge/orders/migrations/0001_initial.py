import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('parties', '0001_initial'),
        ('promises', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField(unique=True)),
                ('number', models.CharField(db_default='', max_length=40, unique=True)),
                ('state', models.CharField(choices=[('placed', 'Placed'), ('held', 'Under review'), ('confirmed', 'Confirmed'), ('done', 'Done'), ('cancelled', 'Cancelled')], db_default='placed', max_length=10)),
                ('channel', models.CharField(choices=[('web', 'Shop'), ('phone', 'Phone'), ('import', 'Import')], max_length=8)),
                ('language', models.CharField(max_length=2)),
                ('currency', models.CharField(max_length=3)),
                ('email', models.CharField(max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('billing_name', models.CharField(max_length=120)),
                ('billing_extra', models.CharField(blank=True, max_length=120)),
                ('billing_street', models.CharField(max_length=120)),
                ('billing_postal_code', models.CharField(max_length=12)),
                ('billing_city', models.CharField(max_length=80)),
                ('billing_country', models.CharField(max_length=2)),
                ('shipping_name', models.CharField(max_length=120)),
                ('shipping_extra', models.CharField(blank=True, max_length=120)),
                ('shipping_street', models.CharField(max_length=120)),
                ('shipping_postal_code', models.CharField(max_length=12)),
                ('shipping_city', models.CharField(max_length=80)),
                ('shipping_country', models.CharField(max_length=2)),
                ('payment_method', models.CharField(choices=[('invoice', 'Invoice'), ('prepayment', 'Prepayment'), ('provider', 'Online payment')], max_length=12)),
                ('shipping_method', models.CharField(blank=True, max_length=20)),
                ('net_amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('tax_amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('gross_amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('placed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('released_at', models.DateTimeField(null=True)),
                ('paid_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.CharField(blank=True, db_default='', max_length=200)),
                ('promised_on', models.DateField(null=True)),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='parties.party')),
            ],
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField()),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('item', 'Item'), ('shipping', 'Shipping')], default='item', max_length=8)),
                ('number', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('unit', models.CharField(default='piece', max_length=12)),
                ('unit_price', models.DecimalField(decimal_places=6, max_digits=16)),
                ('tax_code', models.CharField(max_length=12)),
                ('tax_rate', models.DecimalField(decimal_places=2, max_digits=5)),
                ('gross_amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('promised_on', models.DateField(null=True)),
                ('delivered_quantity', models.DecimalField(db_default=0, decimal_places=4, max_digits=16)),
                ('cancelled_quantity', models.DecimalField(db_default=0, decimal_places=4, max_digits=16)),
                ('returned_quantity', models.DecimalField(db_default=0, decimal_places=4, max_digits=16)),
                ('demand', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='promises.demand')),
                ('offering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.offering')),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='orders.order')),
            ],
        ),
        migrations.CreateModel(
            name='ShippingMethod',
            fields=[
                ('code', models.SlugField(max_length=20, primary_key=True, serialize=False)),
                ('name_de', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('price', models.DecimalField(decimal_places=2, max_digits=14)),
                ('free_from', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('transit_days', models.PositiveSmallIntegerField(default=2)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('offering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.offering')),
            ],
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['party', '-placed_at'], name='orders_of_a_party'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['-placed_at', '-id'], name='orders_by_date'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['state', '-placed_at', '-id'], name='orders_by_state'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['-gross_amount', '-id'], name='orders_by_amount'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('released_at', None), ('state', 'confirmed')), fields=['payment_method'], name='orders_to_release'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('gross_amount', django.db.models.expressions.CombinedExpression(models.F('net_amount'), '+', models.F('tax_amount')))), name='an_order_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_at', None)), _connector='OR'), name='a_cancelled_order_says_when'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.UniqueConstraint(fields=('order', 'position'), name='a_position_stands_once_in_an_order'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='an_order_line_is_of_something'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('delivered_quantity__gte', 0), ('cancelled_quantity__gte', 0), ('quantity__gte', django.db.models.expressions.CombinedExpression(models.F('delivered_quantity'), '+', models.F('cancelled_quantity')))), name='no_more_is_delivered_than_ordered'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('returned_quantity__gte', 0), ('delivered_quantity__gte', models.F('returned_quantity'))), name='no_more_is_returned_than_delivered'),
        ),
    ]
