import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import kontor.kernel.ids
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_initial'),
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CustomerGroup',
            fields=[
                ('code', models.SlugField(max_length=20, primary_key=True, serialize=False)),
                ('name_de', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('includes_tax', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code', 'list'), _negated=True), name='the_list_is_no_customer_group')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='catalogue.customergroup')),
                ('valid', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('party', '='), ('valid', '&&')], name='a_customer_is_in_one_group_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='catalogue.offeringgroup')),
                ('offering', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='catalogue.offering')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('alt_de', models.CharField(blank=True, max_length=200)),
                ('alt_en', models.CharField(blank=True, max_length=200)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='StorefrontPicture',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='catalogue.storefrontgroup')),
                ('number', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('alt_de', models.CharField(max_length=200)),
                ('alt_en', models.CharField(max_length=200)),
                ('position', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='offering',
            name='cost',
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=16, null=True),
        ),
        migrations.AddField(
            model_name='offering',
            name='delivery',
            field=models.CharField(choices=[('stock', 'From stock'), ('planned', 'From planned receipts')], db_default='stock', max_length=8),
        ),
        migrations.AddField(
            model_name='offeringgroup',
            name='short_de',
            field=models.CharField(blank=True, db_default='', max_length=300),
        ),
        migrations.AddField(
            model_name='offeringgroup',
            name='short_en',
            field=models.CharField(blank=True, db_default='', max_length=300),
        ),
        migrations.AddField(
            model_name='price',
            name='min_quantity',
            field=models.DecimalField(db_default=0, decimal_places=4, default=0, max_digits=16),
        ),
        migrations.AddField(
            model_name='storefrontgroup',
            name='short_de',
            field=models.CharField(db_default='', max_length=300),
        ),
        migrations.AddField(
            model_name='storefrontgroup',
            name='short_en',
            field=models.CharField(db_default='', max_length=300),
        ),
        AddConstraintNotValid(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('cost', None), ('cost__gte', 0), _connector='OR'), name='a_cost_is_not_negative'),
        ),
        # A house has some thousand prices at most, and prices are set by few: the scan and its lock take milliseconds.
        # In one transaction, so that at no instant two prices may hold.
        migrations.RunSQL(
            [
                '-- squawk-ignore ban-drop-constraint\n'
                'ALTER TABLE "catalogue_price" DROP CONSTRAINT "an_offering_has_one_price_at_a_time"',
                '-- squawk-ignore constraint-missing-not-valid\n'
                'ALTER TABLE "catalogue_price" ADD CONSTRAINT "an_offering_has_one_price_at_a_time_and_quantity"'
                ' EXCLUDE USING GIST ("offering_id" WITH =, "customer_group" WITH =, "min_quantity" WITH =,'
                ' "currency" WITH =, "valid" WITH &&)',
            ],
            migrations.RunSQL.noop,
            state_operations=[
                migrations.RemoveConstraint(model_name='price', name='an_offering_has_one_price_at_a_time'),
                migrations.AddConstraint(
                    model_name='price',
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('offering', '='), ('customer_group', '='), ('min_quantity', '='), ('currency', '='), ('valid', '&&')], name='an_offering_has_one_price_at_a_time_and_quantity'),
                ),
            ],
        ),
        AddConstraintNotValid(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(('min_quantity__gte', 0)), name='a_price_step_is_not_negative'),
        ),
    ]
