import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('stock', 'Stock'), ('nights', 'Nights'), ('slots', 'Slots')], default='stock', max_length=6)),
                ('site', models.CharField(default='main', max_length=40)),
                ('offering', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pool', to='catalogue.offering')),
            ],
        ),
        migrations.CreateModel(
            name='Demand',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField(null=True)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('wanted_from', models.DateTimeField(null=True)),
                ('wanted_until', models.DateTimeField(null=True)),
                ('is_at_risk', models.BooleanField(db_default=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('pool', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='promises.pool')),
            ],
        ),
        migrations.CreateModel(
            name='Bucket',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('on_hand', 'On hand'), ('receipt', 'Planned receipt'), ('night', 'Night'), ('slot', 'Slot')], max_length=8)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('capacity', models.DecimalField(decimal_places=4, default=0, max_digits=16)),
                ('overbooking', models.DecimalField(decimal_places=4, default=0, max_digits=16)),
                ('short', models.DecimalField(decimal_places=4, default=0, max_digits=16)),
                ('promised', models.DecimalField(decimal_places=4, default=0, max_digits=16)),
                ('source', models.CharField(blank=True, max_length=60)),
                ('closed_at', models.DateTimeField(null=True)),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='buckets', to='promises.pool')),
            ],
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('state', models.CharField(choices=[('hold', 'Held'), ('firm', 'Firm'), ('used', 'Used'), ('released', 'Released')], max_length=8)),
                ('expires_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('bucket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='promises.bucket')),
                ('demand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='promises.demand')),
            ],
        ),
        migrations.AddIndex(
            model_name='demand',
            index=models.Index(condition=models.Q(('is_at_risk', True)), fields=['pool'], name='demands_at_risk'),
        ),
        migrations.AddConstraint(
            model_name='demand',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='a_demand_wants_something'),
        ),
        migrations.AddIndex(
            model_name='bucket',
            index=models.Index(fields=['pool', 'starts_at'], name='buckets_of_a_pool_by_date'),
        ),
        migrations.AddConstraint(
            model_name='bucket',
            constraint=models.CheckConstraint(condition=models.Q(('promised__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('capacity'), '+', models.F('overbooking')), '+', models.F('short')))), name='no_more_is_promised_than_there_is'),
        ),
        migrations.AddConstraint(
            model_name='bucket',
            constraint=models.CheckConstraint(condition=models.Q(('promised__gte', 0)), name='promised_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='bucket',
            constraint=models.CheckConstraint(condition=models.Q(('short__gte', 0), ('overbooking__gte', 0)), name='short_and_overbooking_are_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='bucket',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'on_hand')), fields=('pool',), name='a_pool_has_one_stock_on_hand'),
        ),
        migrations.AddConstraint(
            model_name='bucket',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['night', 'slot'])), fields=('pool', 'starts_at'), name='a_night_or_slot_stands_once'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['bucket', 'state'], name='promises_of_a_bucket'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('state', 'hold')), fields=['expires_at'], name='holds_by_expiry'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='a_promise_is_of_something'),
        ),
    ]
