import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Basket',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField(db_index=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ordered_at', models.DateTimeField(null=True)),
                ('held_until', models.DateTimeField(null=True)),
                ('ready_at', models.DateTimeField(null=True)),
                ('email', models.CharField(blank=True, default='', max_length=254)),
                ('phone', models.CharField(blank=True, default='', max_length=40)),
                ('billing_name', models.CharField(blank=True, default='', max_length=120)),
                ('billing_extra', models.CharField(blank=True, default='', max_length=120)),
                ('billing_street', models.CharField(blank=True, default='', max_length=120)),
                ('billing_postal_code', models.CharField(blank=True, default='', max_length=12)),
                ('billing_city', models.CharField(blank=True, default='', max_length=80)),
                ('billing_country', models.CharField(blank=True, default='DE', max_length=2)),
                ('payment_method', models.CharField(blank=True, default='', max_length=12)),
                ('shipping_method', models.CharField(blank=True, default='', max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ordered_at', None)), fields=('party_id',), name='a_party_has_one_open_basket')],
            },
        ),
        migrations.CreateModel(
            name='BasketLine',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField()),
                ('offering_id', models.UUIDField()),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('price_seen', models.DecimalField(decimal_places=2, max_digits=14)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('basket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='shop.basket')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('basket', 'offering_id'), name='an_article_stands_once_in_a_basket'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__lte', 1000)), name='a_basket_line_is_between_1_and_1000')],
            },
        ),
    ]
