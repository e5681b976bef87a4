import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
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
            name='Offering',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('goods', 'Goods'), ('stay', 'Stay'), ('service', 'Service'), ('term', 'Continuing contract'), ('decision', 'Public act')], default='goods', max_length=10)),
                ('name_de', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
                ('color', models.CharField(blank=True, max_length=20)),
                ('size', models.CharField(blank=True, max_length=20)),
                ('unit', models.CharField(default='piece', max_length=12)),
                ('weight_g', models.PositiveIntegerField(null=True)),
                ('tax_code', models.CharField(default='standard', max_length=12)),
                ('picture', models.CharField(blank=True, max_length=120)),
                ('is_published', models.BooleanField(default=False)),
                ('valid_from', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('valid_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name_de', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('art', models.CharField(blank=True, max_length=40)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='catalogue.category')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='StorefrontItem',
            fields=[
                ('offering', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='catalogue.offering')),
                ('group_slug', models.SlugField(max_length=120)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(max_length=10)),
                ('name_de', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
                ('color', models.CharField(max_length=20)),
                ('size', models.CharField(max_length=20)),
                ('unit', models.CharField(max_length=12)),
                ('weight_g', models.PositiveIntegerField(null=True)),
                ('picture', models.CharField(max_length=120)),
                ('price', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('tax_code', models.CharField(max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name='OfferingGroup',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('name_de', models.CharField(max_length=160)),
                ('name_en', models.CharField(max_length=160)),
                ('text_de', models.TextField(blank=True)),
                ('text_en', models.TextField(blank=True)),
                ('art', models.CharField(blank=True, max_length=40)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='catalogue.category')),
            ],
        ),
        migrations.AddField(
            model_name='offering',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='catalogue.offeringgroup'),
        ),
        migrations.CreateModel(
            name='Price',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('customer_group', models.CharField(default='list', max_length=20)),
                ('amount', models.DecimalField(decimal_places=6, max_digits=16)),
                ('currency', models.CharField(max_length=3)),
                ('includes_tax', models.BooleanField(default=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('offering', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='catalogue.offering')),
            ],
        ),
        migrations.CreateModel(
            name='StorefrontGroup',
            fields=[
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='catalogue.offeringgroup')),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('category_slug', models.SlugField(max_length=80)),
                ('top_category_slug', models.SlugField(max_length=80)),
                ('name_de', models.CharField(max_length=160)),
                ('name_en', models.CharField(max_length=160)),
                ('text_de', models.TextField()),
                ('text_en', models.TextField()),
                ('art', models.CharField(max_length=40)),
                ('picture', models.CharField(max_length=120)),
                ('price_from', models.DecimalField(decimal_places=2, max_digits=14)),
                ('price_until', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('colors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20))),
                ('sizes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20))),
                ('variants', models.PositiveSmallIntegerField()),
                ('position', models.PositiveIntegerField()),
                ('words_de', models.TextField()),
                ('words_en', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['position'], name='storefront_in_order')],
            },
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='an_offering_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('offering', '='), ('customer_group', '='), ('currency', '='), ('valid', '&&')], name='an_offering_has_one_price_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='a_price_is_not_negative'),
        ),
    ]
