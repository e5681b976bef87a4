from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='NumberRange',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('prefix', models.CharField(max_length=20)),
                ('width', models.PositiveSmallIntegerField(default=5)),
                ('next_value', models.BigIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('next_value__gte', 1)), name='a_number_range_counts_up')],
            },
        ),
    ]
