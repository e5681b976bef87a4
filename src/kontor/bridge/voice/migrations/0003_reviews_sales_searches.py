import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_initial'),
        ('orders', '0001_initial'),
        ('voice', '0002_answers_told'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField()),
                ('order_line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='orders.orderline')),
                ('offering', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='catalogue.offering')),
                ('stars', models.PositiveSmallIntegerField()),
                ('text', models.CharField(blank=True, max_length=4000)),
                ('shown_as', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(max_length=2)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('state', models.CharField(choices=[('written', 'Written'), ('held', 'To be looked at'), ('shown', 'Shown'), ('declined', 'Not shown')], db_default='written', max_length=8)),
                ('held_because', models.CharField(blank=True, db_default='', max_length=20)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, db_default='', max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party_id', 'offering'), name='a_customer_reviews_an_article_once'), models.CheckConstraint(condition=models.Q(('stars__range', (1, 5))), name='a_review_has_one_to_five_stars')],
                'indexes': [models.Index(condition=models.Q(('state', 'held')), fields=['at'], name='reviews_to_look_at')],
            },
        ),
        migrations.CreateModel(
            name='Sale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offering', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='catalogue.offering')),
                ('on', models.DateField()),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('on', 'offering'), name='a_day_counts_an_offering_once')],
            },
        ),
        migrations.CreateModel(
            name='SaleCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counted_at', models.DateTimeField()),
                ('all_counted_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchMiss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('language', models.CharField(max_length=2)),
                ('text', models.CharField(max_length=120)),
                ('times', models.PositiveIntegerField(db_default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('on', 'language', 'text'), name='a_day_notes_a_search_once')],
            },
        ),
        migrations.CreateModel(
            name='ShownReview',
            fields=[
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='shown', serialize=False, to='voice.review')),
                ('offering', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='catalogue.offering')),
                ('stars', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=4000)),
                ('shown_as', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=2)),
                ('on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['offering', '-on'], name='reviews_of_an_offering')],
            },
        ),
    ]
