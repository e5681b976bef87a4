import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Door',
            fields=[
                ('code', models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ('department', models.CharField(max_length=40)),
                ('icon', models.CharField(max_length=40)),
                ('label_de', models.CharField(max_length=80)),
                ('label_en', models.CharField(max_length=80)),
                ('words_de', models.CharField(max_length=200)),
                ('words_en', models.CharField(max_length=200)),
                ('path', models.CharField(max_length=80)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_open', models.BooleanField(db_default=True)),
                ('changed_at', models.DateTimeField(null=True)),
                ('changed_by', models.CharField(db_default='', max_length=120)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('media_type', models.CharField(max_length=20)),
                ('content', models.BinaryField()),
                ('stored_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name='house',
            name='brand',
            field=models.CharField(blank=True, db_default='', default='', max_length=60),
        ),
        migrations.AddField(
            model_name='house',
            name='changed_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
        migrations.AddField(
            model_name='house',
            name='logo',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='house',
            name='radius',
            field=models.PositiveSmallIntegerField(db_default=8, default=8),
        ),
        migrations.AddField(
            model_name='house',
            name='small_business_from',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='house',
            name='small_business_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name_de', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('street', models.CharField(max_length=120)),
                ('postal_code', models.CharField(max_length=12)),
                ('city', models.CharField(max_length=80)),
                ('country', models.CharField(default='DE', max_length=2)),
                ('land', models.CharField(default='HB', max_length=2)),
                ('phone', models.CharField(blank=True, default='', max_length=40)),
                ('email', models.CharField(blank=True, default='', max_length=254)),
                ('opens_on_holidays', models.BooleanField(default=False)),
                ('is_main', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-is_main', 'position', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_main', True)), fields=('is_main',), name='a_house_has_one_main_place'), models.CheckConstraint(condition=models.Q(('is_main', False), ('closed_at', None), _connector='OR'), name='the_main_place_is_not_given_up')],
            },
        ),
        migrations.CreateModel(
            name='SpecialDay',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('reason_de', models.CharField(blank=True, default='', max_length=120)),
                ('reason_en', models.CharField(blank=True, default='', max_length=120)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='special_days', to='parties.place')),
            ],
            options={
                'ordering': ['on'],
            },
        ),
        migrations.CreateModel(
            name='SpecialSpan',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('from_minute', models.PositiveSmallIntegerField()),
                ('until_minute', models.PositiveSmallIntegerField()),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='parties.specialday')),
            ],
            options={
                'ordering': ['from_minute'],
            },
        ),
        migrations.CreateModel(
            name='OpeningSpan',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('from_minute', models.PositiveSmallIntegerField()),
                ('until_minute', models.PositiveSmallIntegerField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='parties.place')),
            ],
            options={
                'ordering': ['weekday', 'from_minute'],
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='a_week_has_seven_days'), models.CheckConstraint(condition=models.Q(('from_minute__gte', 0), ('until_minute__gt', models.F('from_minute')), ('until_minute__lte', 1440)), name='opening_hours_end_after_they_begin'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('place', '='), ('weekday', '='), (models.Func('from_minute', 'until_minute', function='int4range', output_field=django.contrib.postgres.fields.ranges.IntegerRangeField()), '&&')], name='opening_hours_do_not_overlap')],
            },
        ),
        migrations.AddConstraint(
            model_name='specialday',
            constraint=models.UniqueConstraint(fields=('place', 'on'), name='a_special_day_stands_once_per_place'),
        ),
        migrations.AddConstraint(
            model_name='specialspan',
            constraint=models.CheckConstraint(condition=models.Q(('from_minute__gte', 0), ('until_minute__gt', models.F('from_minute')), ('until_minute__lte', 1440)), name='special_hours_end_after_they_begin'),
        ),
        migrations.AddConstraint(
            model_name='specialspan',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('day', '='), (models.Func('from_minute', 'until_minute', function='int4range', output_field=django.contrib.postgres.fields.ranges.IntegerRangeField()), '&&')], name='special_hours_do_not_overlap'),
        ),
    ]
