import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='TaxRate',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('jurisdiction', models.CharField(max_length=2)),
                ('code', models.CharField(max_length=20)),
                ('rate', models.DecimalField(decimal_places=2, max_digits=5)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('source_de', models.CharField(max_length=200)),
                ('source_en', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['jurisdiction', 'code', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('jurisdiction', 'code', 'valid_from'), name='a_tax_rate_begins_once_a_day'), models.CheckConstraint(condition=models.Q(('rate__gte', 0), ('rate__lt', 100)), name='a_tax_rate_is_between_0_and_100_percent'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='a_tax_rate_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('jurisdiction', '='), ('code', '='), (models.Func('valid_from', 'valid_until', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='a_tax_class_has_one_rate_a_day')],
            },
        ),
    ]
